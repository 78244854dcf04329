import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '@/testing/database';
import { PrismaClient } from '../../../generated/sqlite/client';
import { newId } from '../ids';
import { migrate } from './migrate';
import { GatedSqliteFactory } from './sqlite-adapter';
import { isOverload } from './violations';

const SHORT_WAIT_MILLIS = 100;
const folder = temporaryFolder();
const file = path.join(folder.dir, 'gate.db');
let client: PrismaClient;
/** The same with a deadline that a test can wait for. */
let shortWait: PrismaClient;
let elsewhere: Database.Database;

const open = (name: string, waitMillis?: number) =>
  new PrismaClient({
    adapter: new GatedSqliteFactory(`file:${name}`, (adapter) => new PrismaClient({ adapter }), waitMillis),
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
const organization = (id = newId()) => ({ id, name: 'x', slug: id, createdAt: new Date(), updatedAt: new Date() });
const write = (to: PrismaClient, id?: string) => to.organization.create({ data: organization(id) });
const exists = async (id: string) => (await client.organization.count({ where: { id } })) === 1;
const refused = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.map((outcome) => outcome.status === 'rejected' && isOverload(outcome.reason));

beforeAll(async () => {
  await migrate(`file:${file}`);
  client = open(file);
  shortWait = open(file, SHORT_WAIT_MILLIS);
  elsewhere = new Database(file, { timeout: 0 }); // like another process: locks apply between connections
});
afterAll(async () => {
  await client.$disconnect();
  await shortWait.$disconnect();
  elsewhere.close();
  folder.remove();
});

describe('while another process holds the lock', () => {
  test('reads proceed, and writers are refused at their deadline, also in the queue', async () => {
    elsewhere.exec('BEGIN IMMEDIATE');
    const ids = [newId(), newId(), newId()];
    const writes = ids.map((id) => write(shortWait, id));
    const inTransaction = shortWait.$transaction(async (tx) => tx.organization.create({ data: organization() }));
    const outcomes = Promise.allSettled([...writes, inTransaction]);
    expect(await shortWait.organization.count()).toBe(0);
    expect(refused(await outcomes)).toEqual([true, true, true, true]);
    elsewhere.exec('ROLLBACK');
    expect(await exists((await write(shortWait)).id)).toBe(true);
    for (const late of ids) expect(await exists(late)).toBe(false);
  });

  test('a waiting writer is served as soon as the lock is released', async () => {
    elsewhere.exec('BEGIN IMMEDIATE');
    const waiting = write(client);
    await client.organization.count();
    elsewhere.exec('COMMIT');
    expect(await exists((await waiting).id)).toBe(true);
  });
});

test('a writer that left the queue never takes the gate later', async () => {
  let end = () => {};
  const released = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const holder = shortWait.$transaction(async () => {
    begin();
    await released;
  });
  await begun;
  const [late, later] = [newId(), newId()];
  const outcomes = await Promise.allSettled([
    write(shortWait, late),
    shortWait.$transaction((tx) => tx.organization.create({ data: organization(later) })),
  ]);
  expect(refused(outcomes)).toEqual([true, true]);
  end();
  await holder;
  expect(await exists((await write(shortWait)).id)).toBe(true);
  for (const left of [late, later]) expect(await exists(left)).toBe(false);
});

test("Prisma's own transaction that was abandoned writes nothing into the next one", async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const factory = new GatedSqliteFactory(`file:${file}`, (adapter) => new PrismaClient({ adapter }));
  const abandoned = await (await factory.connect()).startTransaction();
  vi.advanceTimersByTime(15_000);
  vi.useRealTimers();
  const id = newId();
  const late = async () =>
    abandoned.executeRaw({
      sql: `INSERT INTO "Organization" ("id", "name", "slug", "createdAt", "updatedAt") VALUES ('${id}', 'x', '${id}', 0, 0)`,
      args: [],
      argTypes: [],
    });
  await factory.transaction(async () => expect(late()).rejects.toThrow('TransactionAlreadyClosed'));
  await expect(late()).rejects.toThrow('TransactionAlreadyClosed');
  expect(await exists(id)).toBe(false);
  await factory.close();
});

test('writers are served in order of arrival', async () => {
  const served: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, place) =>
      client.$transaction(async (tx) => {
        await tx.organization.create({ data: organization() });
        served.push(place);
      }),
    ),
  );
  expect(served).toEqual([...served].sort((a, b) => a - b));
});

test('a file that could not be opened is opened by the next call', async () => {
  const place = path.join(folder.dir, 'later');
  writeFileSync(place, ''); // a file in place of the folder
  const later = open(path.join(place, 'gate.db'));
  await expect(later.organization.count()).rejects.toThrow();
  rmSync(place);
  await migrate(`file:${path.join(place, 'gate.db')}`);
  expect(existsSync(place)).toBe(true);
  expect(await later.organization.count()).toBe(0);
  await later.$disconnect();
});

test('a caller that sends query after query does not starve sockets and timers', async () => {
  for (const ask of [() => client.organization.count(), () => write(client)]) {
    let hasYielded = false;
    setTimeout(() => {
      hasYielded = true;
    }, 0);
    for (let queries = 0; queries < 1000 && !hasYielded; queries++) await ask();
    expect(hasYielded).toBe(true);
  }
});
