import { beforeAll, expect, test } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { databaseKind, db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { makeProject } from '@/testing/project';
import { countIdentities, createIdentities, createIdentity, deleteIdentity } from '../service';
import { foldCounts } from './read';

let projectId: string;
beforeAll(async () => {
  ({ id: projectId } = await makeProject());
});
const create = (email: string) => createIdentity(cliActor(projectId), { traits: { email: `${email}@example.com` } });
const parts = async () => (await db()).identityCount.findMany({ where: { projectId }, orderBy: { part: 'asc' } });

test('counts what concurrent writers commit, and nothing rolled back', async () => {
  const before = await countIdentities(projectId, {});
  const made = await Promise.all(Array.from({ length: 12 }, (_, at) => create(`one.${at}`)));
  await createIdentities(
    cliActor(projectId),
    Array.from({ length: 30 }, (_, at) => ({ traits: { email: `many.${at % 25}@example.com` } })), // five are refused
  );
  await Promise.all(made.slice(0, 5).map(({ id }) => deleteIdentity(cliActor(projectId), id)));
  const undone = transaction(async (tx) => {
    await createIdentity(cliActor(projectId), { traits: { email: 'undone@example.com' } }, { tx });
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  expect(await countIdentities(projectId, {})).toBe(before + 12 + 25 - 5);
});

test('is folded into one row while others write', async () => {
  const before = await countIdentities(projectId, {});
  const writes = Array.from({ length: 20 }, (_, at) => create(`fold.${at}`));
  await Promise.all([...writes, foldCounts(), foldCounts()]);
  expect(await countIdentities(projectId, {})).toBe(before + 20);
  await foldCounts();
  expect(await parts()).toEqual([{ projectId, part: 0n, count: before + 20 }]);
});

test.runIf(databaseKind() === 'postgresql')('writers do not wait for the count of an open transaction', async () => {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const open = transaction(async (tx) => {
    await createIdentity(cliActor(projectId), { traits: { email: 'held@example.com' } }, { tx });
    await held;
  });
  await create('concurrent'); // would hang
  release();
  await open;
});
