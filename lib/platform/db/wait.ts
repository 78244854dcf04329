import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { databaseKind } from './client';
import { ConnectionError, explorePostgresql } from './postgresql-connection';
import { guardUndecodedFile, sqliteFile } from './sqlite-file.mjs';
import { isOverload, isUnreachable } from './violations';

const TIMEOUT_MILLIS = 60_000;
const MAX_PAUSE_MILLIS = 10_000;

/**
 * Resolves when PostgreSQL responds. At boot it may start later than Signet: retries for a minute and passes each
 * reason to `onWait`. Throws at once where waiting is useless: a wrong password, a missing database, a certificate, an
 * SQLite file that cannot be written to.
 */
export async function waitForDatabase(
  url: string,
  onWait: (reason: string) => void,
  patienceMillis = TIMEOUT_MILLIS,
): Promise<void> {
  if (databaseKind(url) === 'sqlite') return probeSqlite(url);
  const end = performance.now() + patienceMillis;
  for (let pause = 1000; ; pause = Math.min(pause * 2, MAX_PAUSE_MILLIS)) {
    try {
      await explorePostgresql(url);
      return;
    } catch (error) {
      const left = end - performance.now();
      if (!(error instanceof ConnectionError) || !mayPass(error.cause) || left <= 0) throw error;
      onWait(error.message);
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
    }
  }
}

/** A later error on opening would not name the file. */
function probeSqlite(url: string): void {
  guardUndecodedFile(url);
  const file = sqliteFile(url);
  const about = statSync(file, { throwIfNoEntry: false });
  if (about && !about.isFile()) throw new Error(`${file} is not a file`);
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    accessSync(path.dirname(file), constants.W_OK); // for the write-ahead log
    if (about) accessSync(file, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw new Error(`Cannot use ${file}: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
}

function mayPass(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('28') || code === '3D000') return false; // authentication refused; no such database
  return isUnreachable(cause) || isOverload(cause) || code === 'ENOENT'; // the socket file of a server that is not up yet
}
