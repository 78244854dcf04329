import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { closeDb, databaseKind } from '@/lib/platform/db/client';
import { env, resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { getFirstProject } from '@/lib/project/service';
import { areKeysReadable, publishedKeys } from '@/lib/token/service';
import { json, signet } from '@/testing/command-line';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signet-backup-'));
  await json('project', 'list');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  resetEnv();
  await closeDb();
});
afterAll(() => rm(folder, { recursive: true }));

const isSqlite = () => databaseKind(env().databaseUrl) === 'sqlite';

test('a backup made during concurrent writes is consistent, private to its owner and usable as the database', async ({
  skip,
}) => {
  if (!isSqlite()) return skip();
  const { id: projectId } = await getFirstProject();
  await publishedKeys(projectId);
  const before = await json('identity', 'create', '--email', `${newId()}@example.com`);
  const file = path.join(folder, 'copy.db');
  const writers = Array.from({ length: 40 }, () =>
    createIdentity(systemActor(projectId), { traits: { email: `${newId()}@example.com` } }),
  );
  const [{ bytes }] = await Promise.all([json('backup', file), ...writers]);
  const about = await stat(file);
  expect([about.size, about.mode & 0o077]).toEqual([bytes, 0]);

  await closeDb();
  vi.stubEnv('DATABASE_URL', `file:${file}`);
  resetEnv();
  expect((await json('identity', 'get', before.id)).id).toBe(before.id);
  expect(await areKeysReadable(projectId)).toBe(true);
  expect((await json('identity', 'create', '--email', `${newId()}@example.com`)).state).toBe('active');
});

test('does not overwrite a file', async ({ skip }) => {
  if (!isSqlite()) return skip();
  const file = path.join(folder, 'there.db');
  await writeFile(file, 'mine');
  expect((await signet('backup', file)).code).toBe(1);
  expect((await stat(file)).size).toBe(4);
});

test('leaves no file after a failure', async ({ skip }) => {
  if (!isSqlite()) return skip();
  vi.stubEnv('DATABASE_URL', `file:${path.join(folder, 'nowhere.db')}`);
  resetEnv();
  expect((await signet('backup', path.join(folder, 'failed.db'))).code).toBe(1);
  expect((await readdir(folder)).filter((name) => name.startsWith('failed'))).toEqual([]);
});

test('refers to pg_dump on PostgreSQL', async ({ skip }) => {
  if (isSqlite()) return skip();
  const { code, err } = await signet('backup', path.join(folder, 'copy.db'));
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('pg_dump') });
});
