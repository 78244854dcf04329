import { copyFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { signet } from '@/testing/command-line';
import { temporaryFolder } from '@/testing/database';
import { emptyPostgresql } from '@/testing/empty-database';
import { execute, fixtureFolders, type Known, readAll, signInWithKept, upgradeFixture } from '@/testing/upgraded';
import { resetEnv } from '../../env';
import { closeDb } from '../client';
import { migrate, pendingMigrations } from '../migrate';
import { acquireServerLock } from '../server-lock';
import { type MoveOptions, moveDatabase } from './move';
import { modelColumns } from './tables';

const folder = temporaryFolder();
afterAll(() => folder.remove());
afterEach(async () => {
  vi.unstubAllEnvs();
  resetEnv();
  await closeDb();
});

const hasPostgresql = () => inject('databaseTemplate').kind === 'postgresql';
const newFile = () => `file:${path.join(folder.dir, `${crypto.randomUUID()}.db`)}`;
/** A new, empty database of the kind under test. */
const newTarget = async () => (hasPostgresql() ? emptyPostgresql() : newFile());

/** The 0.1.0 database with its odd rows, as an SQLite file of this version. */
async function sourceFile(sql = ''): Promise<string> {
  const url = newFile();
  copyFileSync(path.join(fixtureFolders()[0] ?? '', 'sqlite.db'), url.slice('file:'.length));
  await migrate(url);
  if (sql) await execute(url, sql);
  return url;
}

const refusalOf = (options: MoveOptions) =>
  moveDatabase(options).then(
    () => 'moved',
    (error) => error.refusals ?? error.details?.reason ?? error.message,
  );

/** Dates by their time, because SQL may write them in any format; everything else unchanged. */
function comparable(tables: Awaited<ReturnType<typeof readAll>>, kept: string[]) {
  const toValue = (column: string, value: unknown) =>
    /At$|Until$/.test(column) && value !== null ? new Date(value as string).getTime() : value;
  const toRow = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toValue(column, value)]));
  return Object.fromEntries(kept.map((name) => [name, tables[name]?.map(toRow)]));
}

describe('an upgraded 0.1.0 database', () => {
  let known: Known;
  let url: string;
  beforeAll(async () => {
    ({ known, url } = await upgradeFixture());
    await closeDb();
  });

  test('is copied to SQLite and back without any difference', async () => {
    const [file, back] = [newFile(), await newTarget()];
    const initial = await readAll(url);
    const there = await moveDatabase({ from: url, to: file });
    const copied = there.map(({ table }) => table); // triggers fill the others
    const before = comparable(initial, copied);
    const again = await moveDatabase({ from: file, to: back });
    expect(again).toEqual(there);
    expect(there.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(200);
    expect(comparable(await readAll(back), copied)).toEqual(before);
    expect(comparable(await readAll(url), copied)).toEqual(before);
    expect(await pendingMigrations(back)).toEqual([]);

    vi.stubEnv('DATABASE_URL', back);
    resetEnv();
    expect((await signInWithKept(known.home, 'jane')).id).toBe(known.home.ids.jane);
  });

  test('on SQLite is copied to the database under test', async () => {
    const from = await sourceFile();
    const to = await newTarget();
    const moved = await moveDatabase({ from, to });
    const [before, after] = [await readAll(from), await readAll(to)];
    for (const { table, rows } of moved)
      expect([before[table]?.length, after[table]?.length], table).toEqual([rows, rows]);
  });
});

describe('an interrupted copy', () => {
  /** Stops after some rows, as when the process is killed: only what is committed remains. */
  const interrupt = (rows: number) => (copied: number) => {
    if (copied > rows) throw new Error('interrupted');
  };

  test('resumes where it stopped, and no server starts on it before', async () => {
    const [from, to] = [await sourceFile(), await newTarget()];
    for (const rows of [0, 40, 100])
      expect(await refusalOf({ from, to, onCopied: interrupt(rows) })).toBe('interrupted');
    await expect(migrate(to)).rejects.toThrow('unfinished copy');
    const counts: number[] = [];
    await moveDatabase({ from, to, onCopied: (rows) => counts.push(rows) });
    const all = Object.values(await readAll(from)).flat().length;
    expect(counts.at(-1)).toBeLessThan(all - 100);
    expect(await pendingMigrations(to)).toEqual([]);
  });

  test('is verified as a whole, including rows added after the interruption', async () => {
    const [from, to] = [await sourceFile(), await newTarget()];
    expect(await refusalOf({ from, to, onCopied: interrupt(100) })).toBe('interrupted');
    await execute(
      from,
      `INSERT INTO "Organization" SELECT '0', name, 'another', "consoleNeedsPasskey", "createdAt", "updatedAt" FROM "Organization" LIMIT 1`,
    );
    expect(await refusalOf({ from, to })).toContain('unfinished copy of another installation');
    await execute(from, `DELETE FROM "Organization" WHERE id = '0'; UPDATE "Organization" SET name = 'changed'`);
    expect(await refusalOf({ from, to })).toMatch(/^"Organization" differs: .+ differs in name/);
    await expect(migrate(to)).rejects.toThrow('unfinished copy');
  });
});

describe('refuses', () => {
  test('a target that contains data', async () => {
    const from = await sourceFile();
    const to = await newTarget();
    await moveDatabase({ from, to });
    const before = await readAll(to);
    expect(await refusalOf({ from, to })).toContain('already contains data');
    expect(await readAll(to)).toEqual(before);
  });

  test('a target of an earlier version that contains data, which stays at that version', async () => {
    const from = await sourceFile();
    const to = await newTarget();
    expect(await refusalOf({ from, to })).toBe('moved');
    const last = 'SELECT max(migration_name) FROM _prisma_migrations';
    await execute(to, `DELETE FROM _prisma_migrations WHERE migration_name = (${last})`); // as before an upgrade
    const pending = await pendingMigrations(to);
    expect(await refusalOf({ from, to })).toContain('already contains data');
    expect(await pendingMigrations(to)).toEqual(pending);

    const old = newFile();
    copyFileSync(path.join(fixtureFolders()[0] ?? '', 'sqlite.db'), old.slice('file:'.length));
    const before = await pendingMigrations(old);
    expect(await refusalOf({ from, to: old })).toContain('already contains data');
    expect(await pendingMigrations(old)).toEqual(before);
  });

  test('the source as target, a missing source and one of an earlier version', async () => {
    const from = await sourceFile();
    expect(await refusalOf({ from, to: from })).toContain('is the current database');
    expect(await refusalOf({ from: newFile(), to: await newTarget() })).toContain('has no database of Signet');
    const old = newFile();
    copyFileSync(path.join(fixtureFolders()[0] ?? '', 'sqlite.db'), old.slice('file:'.length));
    expect(await refusalOf({ from: old, to: await newTarget() })).toContain('of an earlier version');
  });

  test('another program as target', async () => {
    const from = await sourceFile();
    const to = await newTarget();
    await execute(to, 'CREATE TABLE "Identity" (id TEXT)');
    expect(await refusalOf({ from, to })).toContain('of another program');
  });

  test('a source on which a server runs', async () => {
    const from = await sourceFile();
    const lock = acquireServerLock(from);
    expect(await refusalOf({ from, to: await newTarget() })).toContain('Another server is running');
    lock.release();
  });

  test('a PostgreSQL source with other connections, unless they are accepted', async ({ skip }) => {
    if (!hasPostgresql()) return skip();
    const from = await emptyPostgresql();
    await moveDatabase({ from: await sourceFile(), to: from });
    const client = new pg.Client({ connectionString: from });
    await client.connect();
    expect(await refusalOf({ from, to: newFile() })).toContain('is in use: 1 other connection');
    expect(await refusalOf({ from, to: newFile(), othersAllowed: true })).toBe('moved');
    await client.end();
  });
});

describe('rows that cannot be copied', () => {
  test('are listed by table, ID and column, and the copy succeeds once they are corrected', async () => {
    const from = await sourceFile(
      `UPDATE "Identity" SET "createdAt" = 'yesterday' WHERE id = (SELECT max(id) FROM "Identity");
       UPDATE "Project" SET name = CAST(x'4aff' AS TEXT) WHERE id = (SELECT min(id) FROM "Project")`,
    );
    const to = await newTarget();
    const database = new Database(from.slice('file:'.length));
    const id = database.prepare('SELECT max(id) FROM "Identity"').pluck().get();
    const projectId = database.prepare('SELECT min(id) FROM "Project"').pluck().get();
    database.close();
    expect(await refusalOf({ from, to })).toEqual([
      { table: 'Project', key: projectId, column: 'name', reason: 'is not UTF-8' },
      { table: 'Identity', key: id, column: 'createdAt', reason: 'is not a value of its type (date)' },
    ]);
    await execute(
      from,
      `UPDATE "Identity" SET "createdAt" = '2026-01-01 10:00:00' WHERE "createdAt" = 'yesterday'; UPDATE "Project" SET name = 'J'`,
    );
    expect(await refusalOf({ from, to })).toBe('moved');
  });

  test('include those with a NUL character, for PostgreSQL', async ({ skip }) => {
    if (!hasPostgresql()) return skip();
    const from = await sourceFile(
      `UPDATE "Identity" SET "metadataAdmin" = '"a' || char(0) || 'b"' WHERE id = (SELECT max(id) FROM "Identity")`,
    );
    expect(await refusalOf({ from, to: await newTarget() })).toEqual([
      {
        table: 'Identity',
        key: expect.any(String),
        column: 'metadataAdmin',
        reason: 'contains a NUL character, which PostgreSQL cannot store',
      },
    ]);
  });
});

test('every table of a migrated database is copied', async () => {
  const tables = Object.keys(await readAll(await sourceFile()));
  const others = tables.filter((name) => !/^(_prisma_migrations|IdentitySearch.*)$/.test(name)); // triggers fill the index
  expect(others.sort()).toEqual([...(await modelColumns()).keys()].sort());
});

test('the command reports each table and the next steps, without passwords', async () => {
  vi.stubEnv('DATABASE_URL', await sourceFile());
  resetEnv();
  const to = await newTarget();
  const { code, out, err } = await signet('move', '--to', to);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Identity +\d+ +[0-9a-f]{16}$/m);
  expect(out).toContain('Set DATABASE_URL to');
  const secret = 'postgresql://signet:hunter22@127.0.0.1:9/none';
  const refused = await signet('move', '--to', secret);
  expect(refused.code).toBe(1);
  expect(refused.err + refused.out + out).not.toMatch(/hunter22|postgres:\w/);
});
