// Seeded SQLite files: filled once per size and kept in the system's temporary folder, until a migration or the seed
// changes. Each server gets a copy.
import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { inRoot } from '../../scripts/lib/root.mjs';
import { hashOf } from '../../scripts/lib/stamp.mjs';
import { copyToReference } from '../reference/sqlite.mjs';
import { prepareCopy } from '../reference/sqlite-full.mjs';
import { seedDatabase } from './fixture.mjs';

const CACHE = path.join(os.tmpdir(), 'signet-bench');
const SEEDS = ['bench/seed.ts', 'prisma/migrations', 'lib/platform/db/steps'].map((name) => inRoot(name));
const CHALLENGE_MILLIS = 5 * 60_000;

/** The seeded file with this many identities. */
export async function seededFile(identities) {
  mkdirSync(CACHE, { recursive: true });
  const file = path.join(CACHE, `${identities}-${hashOf(SEEDS).slice(0, 12)}.db`);
  if (existsSync(file)) return file;
  const part = `${file}.${process.pid}`;
  await seedDatabase(`file:${part}`, identities);
  for (const suffix of ['-wal', '-shm']) rmSync(part + suffix, { force: true });
  renameSync(part, file);
  return file;
}

/** The databases of a run, in `folder`. */
export async function openSqlite(identities, folder) {
  const file = path.join(folder, 'signet.db');
  copyFileSync(await seededFile(identities), file);
  return withCopies(file, folder);
}

/** Signet's seeded database with copies for the references. */
export function withCopies(file, folder) {
  return {
    url: `file:${file}`,
    addChallenges: (prepared, count) => addToSignet(file, prepared, count),
    /** A copy for a reference, while Signet is not running. */
    copyFor: async (name, known) => {
      const copy = path.join(folder, `${name}.db`);
      if (name === 'bare') copyToReference(copy, { from: file, ...known });
      else {
        new Database(file).exec('PRAGMA wal_checkpoint(TRUNCATE)').close();
        copyFileSync(file, copy);
        prepareCopy(copy, known);
      }
      const addChallenges = (prepared, count) =>
        name === 'bare' ? addToReference(copy, count) : addToSignet(copy, prepared, count);
      return { store: name === 'bare' ? 'sqlite' : 'sqlite-full', database: copy, addChallenges };
    },
    stop: () => {},
  };
}

/** Stores challenges as visits of the sign-in page would; returns their values. */
function addToSignet(file, { projectId, browser }, count) {
  const [now, end] = moments().map((time) => time.replace('Z', '+00:00'));
  const sql = `INSERT INTO "Challenge" ("id", "projectId", "ceremony", "value", "browserHash", "createdAt", "expiresAt")
    VALUES (?, ?, 'authentication', ?, ?, ?, ?)`;
  return addTo(file, sql, count, (value) => [randomUUID(), projectId, value, browser.hash, now, end]);
}

function addToReference(file, count) {
  const [, end] = moments();
  return addTo(file, 'INSERT INTO challenge VALUES (?, ?)', count, (value) => [value, end]);
}

function addTo(file, sql, count, toRow) {
  const values = newChallenges(count);
  const db = new Database(file, { timeout: 10_000 });
  const insert = db.prepare(sql);
  const insertAll = db.transaction(() => {
    for (const value of values) insert.run(toRow(value));
  });
  insertAll.immediate();
  db.close();
  return values;
}

export const newChallenges = (count) => Array.from({ length: count }, () => randomBytes(32).toString('base64url'));

/** The present, and the expiry of a challenge made now. */
export function moments() {
  const now = Date.now();
  return [now, now + CHALLENGE_MILLIS].map((millis) => new Date(millis).toISOString());
}
