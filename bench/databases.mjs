// Seeded databases: filled once per size and kept in the system's temporary folder, until a migration or the seed
// changes. Each server gets a copy.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { bundle } from '../scripts/build.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { runOrThrow } from '../scripts/lib/run.mjs';
import { hashOf } from '../scripts/lib/stamp.mjs';

export const SECRET = 'only-for-measuring-0123456789abcdef';
const CACHE = path.join(os.tmpdir(), 'signet-bench');
const FIXTURE = inRoot('build/bench-fixture.mjs');
/** One of ten people has a passkey. */
const passkeysOf = (identities) => Math.floor(identities / 10);

/** The seeded SQLite file with this many identities. */
export async function seededFile(identities) {
  mkdirSync(CACHE, { recursive: true });
  const file = path.join(CACHE, `${identities}-${seedHash()}.db`);
  if (existsSync(file)) return file;
  console.error(`Seeding ${identities} identities …`);
  const part = `${file}.${process.pid}`;
  await runFixture(`file:${part}`, ['seed', String(identities), String(passkeysOf(identities))]);
  for (const suffix of ['-wal', '-shm']) rmSync(part + suffix, { force: true });
  renameSync(part, file);
  return file;
}

export function copyOf(file, folder, name) {
  const copy = path.join(folder, name);
  copyFileSync(file, copy);
  return copy;
}

/** Runs bench/fixture.ts against a database; resolves to its output. */
export async function runFixture(url, args, env = {}) {
  await bundle(inRoot('bench/fixture.ts'), FIXTURE);
  const settings = { DATABASE_URL: url, SIGNET_SECRET: SECRET, LOG_LEVEL: 'error', ...env };
  return runOrThrow(process.execPath, [FIXTURE, ...args], { capture: true, env: settings });
}

function seedHash() {
  const inputs = ['bench/seed.ts', 'prisma/migrations', 'lib/platform/db/steps'].map((name) => inRoot(name));
  return createHash('sha256').update(hashOf(inputs, '')).digest('hex').slice(0, 12);
}

/** Copies a database that is in use. */
export async function backup(file, copy) {
  const db = new Database(file, { readonly: true });
  await db.backup(copy);
  db.close();
}
