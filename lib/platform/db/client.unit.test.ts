import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '@/testing/database';
import { env, resetEnv } from '../env';
import { closeDb, db } from './client';
import { migrate } from './migrate';

const folder = temporaryFolder();
const place = path.join(folder.dir, 'data');
const url = `file:${path.join(place, 'signet.db')}`;

beforeEach(() => {
  vi.stubEnv('DATABASE_URL', url);
  resetEnv();
  writeFileSync(place, ''); // a file in place of the folder
});
afterEach(async () => {
  await closeDb();
  rmSync(place, { recursive: true, force: true });
  vi.unstubAllEnvs();
  resetEnv();
});

test('a failed opening is retried by the next call', async () => {
  await expect(db()).rejects.toThrow('EEXIST');
  await expect(db()).rejects.toThrow('EEXIST');
  rmSync(place);
  await migrate(url);
  expect(await (await db()).organization.count()).toBe(0);
  expect(db()).toBe(db());
});

test('URL parameters do not change which file is opened: it is the migrated one', async () => {
  rmSync(place);
  vi.stubEnv('DATABASE_URL', `${url}?connection_limit=1#note`);
  resetEnv();
  await migrate(env().databaseUrl);
  expect(await (await db()).organization.count()).toBe(0);
  expect(readdirSync(place).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(['signet.db']);
});

test('a failed opening needs no closing', async () => {
  const opening = db();
  await closeDb();
  await expect(opening).rejects.toThrow('EEXIST');
});
