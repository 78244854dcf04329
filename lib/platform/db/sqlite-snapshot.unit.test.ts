import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { temporaryFolder } from '@/testing/database';
import { newId } from '../ids';
import { migrate } from './migrate';
import { GatedSqliteFactory } from './sqlite-adapter';
import { statement } from './statement';

const EXISTS = statement<{ id: string }>('test.organization', 'SELECT "id" FROM "Organization" WHERE "id" = $1');
const INSERT = statement(
  'test.insert_organization',
  `INSERT INTO "Organization" ("id", "name", "slug", "createdAt", "updatedAt") VALUES ($1, 'x', $1, $2, $2)`,
);
const folder = temporaryFolder();
const file = path.join(folder.dir, 'snapshot.db');
let adapter: GatedSqliteFactory;
let elsewhere: Database.Database;

const exists = async (id: string) => (await adapter.reader.all(EXISTS, [id])).length === 1;
const insertElsewhere = (id: string) =>
  elsewhere
    .prepare(`INSERT INTO "Organization" ("id", "name", "slug", "createdAt", "updatedAt") VALUES (?, 'x', ?, 0, 0)`)
    .run(id, id);

beforeAll(async () => {
  await migrate(`file:${file}`);
  adapter = new GatedSqliteFactory(`file:${file}`, () => ({}) as never);
  await adapter.connect();
  elsewhere = new Database(file); // like another process
});
afterAll(async () => {
  await adapter.close();
  elsewhere.close();
  folder.remove();
});

test('the next turn sees what another process has committed', async () => {
  const id = newId();
  expect(await exists(id)).toBe(false);
  insertElsewhere(id);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await exists(id)).toBe(true);
});

test('a read sees what this process has committed, also in the same run', async () => {
  const id = newId();
  vi.spyOn(performance, 'now').mockReturnValue(performance.now()); // a read yields to the event loop when time has passed
  const before = adapter.transaction(async () => exists(id)); // opens a snapshot while its group is written
  const written = adapter.writer.run(INSERT, [id, new Date()]);
  expect(await before).toBe(false);
  await written;
  expect(await exists(id)).toBe(true);
});
