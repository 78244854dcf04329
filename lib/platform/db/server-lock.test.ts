import { type ChildProcess, spawn } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundle } from '../../../scripts/build.mjs';
import { env } from '../env';
import { backUpSqlite } from './backup';
import { closeDb, databaseKind, db } from './client';
import { acquireServerLock, isServerRunning, ServerRunningError } from './server-lock';
import { sqliteFile } from './sqlite-file.mjs';

describe.runIf(databaseKind() === 'sqlite')('the server lock', () => {
  let dir: string;
  let file: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'signet-lock-'));
    file = path.join(dir, 'signet.db');
    await backUpSqlite(env().databaseUrl, file);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });

  /** Another process that holds the lock on the same file until it is killed. */
  async function otherServer(url = `file:${file}`): Promise<ChildProcess> {
    const entry = path.join(dir, 'holder.mts');
    const outfile = path.join(import.meta.dirname, '../../../build/lock-holder.mjs');
    writeFileSync(
      entry,
      `import { acquireServerLock } from '@/lib/platform/db/server-lock';
      acquireServerLock(process.argv[2] ?? ''); console.log('held'); setInterval(() => {}, 1000);`,
    );
    await bundle(entry, outfile);
    const child = spawn(process.execPath, [outfile, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    return child;
  }

  test('refuses a second server, by any path to the file', async () => {
    await otherServer();
    symlinkSync(file, path.join(dir, 'link.db'));
    mkdirSync(path.join(dir, 'elsewhere'));
    symlinkSync(dir, path.join(dir, 'elsewhere/folder'));
    for (const name of [
      file,
      path.join(dir, 'link.db'),
      path.join(dir, 'elsewhere/folder/signet.db'),
      `${dir}/../${path.basename(dir)}/signet.db`,
    ]) {
      expect(() => acquireServerLock(`file:${name}`)).toThrow(ServerRunningError);
      expect(isServerRunning(`file:${name}`)).toBe(true);
    }
  });

  test('ends with its process, even a killed one', async () => {
    const child = await otherServer();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    const lock = acquireServerLock(`file:${file}`);
    expect(readdirSync(dir).filter((name) => name.includes('-server'))).toEqual(['signet.db-server']);
    expect(() => acquireServerLock(`file:${file}`)).toThrow(/Another server is running on .*signet\.db/);
    lock.release();
    expect(isServerRunning(`file:${file}`)).toBe(false);
  });

  test('does not block reads, writes and backups', async () => {
    const own = acquireServerLock(env().databaseUrl);
    await (await db()).rateLimit.deleteMany();
    await backUpSqlite(env().databaseUrl, path.join(dir, 'copy.db'));
    own.release();
    await closeDb();
    expect(readdirSync(path.dirname(sqliteFile(env().databaseUrl)))).toContain('signet.db-server');
  });

  test('is taken for a database that does not exist yet, also behind a symbolic link', () => {
    symlinkSync(path.join(dir, 'new.db'), path.join(dir, 'link.db'));
    const lock = acquireServerLock(`file:${path.join(dir, 'link.db')}`);
    expect(isServerRunning(`file:${path.join(dir, 'new.db')}`)).toBe(true);
    lock.release();
  });

  test('refuses a file with two names', () => {
    linkSync(file, path.join(dir, 'second.db'));
    expect(() => acquireServerLock(`file:${file}`)).toThrow(/has 2 hard links/);
  });

  test('names a lock file that is something else', () => {
    writeFileSync(`${file}-server`, 'not a database at all, but some text that was written here'.repeat(10));
    expect(() => acquireServerLock(`file:${file}`)).toThrow(/Cannot use the lock file .*signet\.db-server/);
  });
});

describe.runIf(databaseKind() === 'postgresql')('on PostgreSQL', () => {
  test('several servers run', () => {
    acquireServerLock(env().databaseUrl);
    expect(isServerRunning(env().databaseUrl)).toBe(false);
  });
});
