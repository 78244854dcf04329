import { lstatSync, mkdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { databaseKind } from './client';
import { sqliteFile } from './sqlite-file.mjs';

/**
 * One server per SQLite file: each assumes that it alone writes, sends mails and runs jobs. The lock is an exclusive
 * transaction on a small SQLite file beside the database, which the kernel releases when the process ends, for any
 * reason. The command line does not take it. PostgreSQL allows several servers.
 */
export type ServerLock = { release: () => void };

/** Another server uses the file. */
export class ServerRunningError extends Error {
  override readonly name = 'ServerRunningError';
}

/** Kept referenced: garbage collection would close it and release the lock. */
const held = new Set<Database.Database>();
const FREE: ServerLock = { release: () => undefined };

/**
 * Throws `ServerRunningError` when another server uses the database, and an error for the terminal when the file has
 * two names.
 */
export function acquireServerLock(url: string): ServerLock {
  if (databaseKind(url) === 'postgresql') return FREE;
  const file = targetOf(sqliteFile(url));
  refuseHardLinks(file);
  const lockFile = `${file}-server`;
  const lock = new Database(lockFile, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY'); // nothing is written: no journal must remain beside the database
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) {
      throw new ServerRunningError(
        `Another server is running on ${file}. Stop it first; several servers on one database require PostgreSQL.`,
      );
    }
    throw new Error(`Cannot use the lock file ${lockFile}: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
  held.add(lock);
  const release = () => {
    held.delete(lock);
    lock.close();
  };
  return { release };
}

/** Whether a server uses the database now. */
export function isServerRunning(url: string): boolean {
  try {
    acquireServerLock(url).release();
    return false;
  } catch (error) {
    if (error instanceof ServerRunningError) return true;
    throw error;
  }
}

/** Where SQLite puts its file: past symbolic links, also for a missing file. */
function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
      return targetOf(path.resolve(path.dirname(file), readlinkSync(file)));
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    return path.join(realpathSync(path.dirname(file)), path.basename(file));
  }
}

/**
 * Under two names SQLite has two write-ahead logs and corrupts the file (https://sqlite.org/howtocorrupt.html §2.5).
 */
function refuseHardLinks(file: string): void {
  const links = statSync(file, { throwIfNoEntry: false })?.nlink ?? 1;
  if (links > 1) throw new Error(`${file} has ${links} hard links, which SQLite does not support; keep one of them.`);
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
