// Landed migrations are history: databases have applied them, and a start refuses one whose checksum differs. Their
// SHA-256 is checked in, so that any copy of the sources detects a rewrite, with or without git.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from './root.mjs';

const MIGRATIONS = inRoot('prisma/migrations');
const RECORD = inRoot('prisma/landed-migrations.sha256'); // the format of sha256sum, relative to prisma/migrations
const MAIN_REFS = ['origin/main', 'main'];

/**
 * Faults of the migrations in `dir`: sentences, or none. `earlier` is the main branch's record, where git has it: none
 * of its lines may be changed or removed.
 * @param {{ dir?: string, record?: string, earlier?: string }} [given]
 * @returns {string[]}
 */
export function historyFaults({ dir = MIGRATIONS, record = readRecord(), earlier = recordOnMain() } = {}) {
  const recorded = parse(record);
  const present = hashesIn(dir);
  const faults = [];
  for (const [name, hash] of recorded) {
    if (!present.has(name)) faults.push(`${name} has landed and is missing`);
    else if (present.get(name) !== hash) faults.push(`${name} was changed after it was recorded`);
  }
  for (const name of present.keys())
    if (!recorded.has(name)) faults.push(`${name} is not recorded: npm run migrate:new -- --record`);
  for (const [name, hash] of parse(earlier))
    if (recorded.get(name) !== hash) faults.push(`${name} has landed on the main branch with another checksum`);
  return faults;
}

/**
 * Records the present migrations. Throws when that would change a line that is on the main branch.
 * @param {{ dir?: string, file?: string, earlier?: string }} [given]
 */
export function recordMigrations({ dir = MIGRATIONS, file = RECORD, earlier = recordOnMain() } = {}) {
  const lines = [...hashesIn(dir)].map(([name, hash]) => `${hash}  ${name}\n`);
  const [fault] = historyFaults({ dir, record: lines.join(''), earlier });
  if (fault) throw new Error(`${fault}; write a new migration instead`);
  writeFileSync(file, lines.join(''));
}

const readRecord = () => (existsSync(RECORD) ? readFileSync(RECORD, 'utf8') : '');

/** The record where this branch left main; empty without git, or in too shallow a clone. */
function recordOnMain() {
  const git = (...args) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  for (const ref of MAIN_REFS) {
    try {
      return git('show', `${git('merge-base', 'HEAD', ref).trim()}:${path.relative(root, RECORD)}`);
    } catch {
      // The next one, or none.
    }
  }
  return '';
}

/** @param {string} text */
const parse = (text) => new Map([...text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(([, hash, name]) => [name, hash]));

/** @param {string} dir */
function hashesIn(dir) {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'));
  const hash = (name) =>
    createHash('sha256')
      .update(readFileSync(path.join(dir, name)))
      .digest('hex');
  return new Map(files.sort().map((name) => [name.replaceAll(path.sep, '/'), hash(name)]));
}
