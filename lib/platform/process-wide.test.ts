import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { asOtherCopy, asOtherProcess } from '@/testing/processes';
import { closeDb, databaseKind, db } from './db/client';
import { newId } from './ids';
import { metrics } from './metrics';

test('two copies of the modules share the database connections', async () => {
  await closeDb();
  const opened = spyOnConnections();
  await (await db()).organization.count();
  const connections = opened();
  expect(connections).toBeGreaterThan(0);
  const other = await asOtherCopy(() => import('./db/client'));
  expect(other.db).not.toBe(db);
  await (await other.db()).organization.count();
  expect(opened()).toBe(connections);
});

/** Counts the connections that this process opens from now on. */
function spyOnConnections(): () => number {
  const { mock } =
    databaseKind() === 'sqlite' ? vi.spyOn(Database.prototype, 'pragma') : vi.spyOn(pg.Client.prototype, 'connect');
  return () => new Set<unknown>(mock.contexts).size;
}

test('two copies of the modules count in the same metrics', async () => {
  const other = await asOtherCopy(() => import('./metrics'));
  expect(other.metrics).not.toBe(metrics);
  expect(other.metrics()).toBe(metrics());
});

test('IDs from two copies of the module increase, even within a millisecond', async () => {
  const other = await asOtherCopy(() => import('./ids'));
  const ids = Array.from({ length: 100 }, () => [newId(), other.newId()]).flat();
  expect(ids.toSorted()).toEqual(ids);
});

test('another process has its own counters', async () => {
  const other = await asOtherProcess(async () => (await import('./metrics')).metrics());
  expect(other).not.toBe(metrics());
});
