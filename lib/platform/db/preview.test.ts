import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../errors';
import { newId } from '../ids';
import { db } from './client';
import { inPreview, isPreview, recordInPreview } from './preview';
import { run, statement } from './statement';
import { afterCommit, ConcurrentUpdateError, type Tx, transaction } from './transaction';

const RENAME = statement('test.rename_organization', 'UPDATE "Organization" SET "name" = $2 WHERE "id" = $1');
const organization = () => ({
  ...{ id: newId(), name: 'before', slug: newId() },
  ...{ createdAt: new Date(), updatedAt: new Date() },
});
const nameOf = async (id: string) => (await (await db()).organization.findUnique({ where: { id } }))?.name;
const rename = (id: string, name: string) => transaction((tx) => run(RENAME, [id, name], tx));
const nothing = async () => {};

let id: string;
beforeAll(async () => {
  await db();
});
beforeEach(async () => {
  ({ id } = await (await db()).organization.create({ data: organization() }));
});

test('returns the result of a transaction and rolls it back, without its hooks', async () => {
  const hook = vi.fn();
  const work = async (tx: Tx) => {
    const made = await tx.organization.create({ data: organization() });
    await run(RENAME, [id, 'after'], tx);
    afterCommit(tx, hook);
    return made.id;
  };
  const made = await inPreview(() => transaction(work), nothing);
  expect([await nameOf(id), await nameOf(made)]).toEqual(['before', undefined]);
  expect(hook).not.toHaveBeenCalled();
});

test('shows the end of each transaction what it wrote, with what it recorded', async () => {
  const seen: unknown[] = [];
  const work = async (tx: Tx) => {
    await run(RENAME, [id, 'after'], tx);
    recordInPreview(['renamed']);
  };
  await inPreview(
    () => transaction(work),
    async (tx, records) => {
      seen.push((await tx.organization.findUnique({ where: { id } }))?.name, ...records);
    },
  );
  expect(seen).toEqual(['after', 'renamed']);
});

test('forgets what a repeated try recorded', async () => {
  let tries = 0;
  const seen: unknown[] = [];
  const work = async () => {
    recordInPreview([++tries]);
    if (tries === 1) throw new ConcurrentUpdateError();
  };
  await inPreview(
    () => transaction(work),
    async (_, records) => void seen.push(...records),
  );
  expect(seen).toEqual([2]);
});

test('rejects as the work does', async () => {
  const work = async (tx: Tx) => {
    await run(RENAME, [id, 'after'], tx);
    throw new AppError('precondition_failed');
  };
  await expect(inPreview(() => transaction(work), nothing)).rejects.toMatchObject({ code: 'precondition_failed' });
  expect(await nameOf(id)).toBe('before');
});

test('rejects with a unique violation', async () => {
  const work = async (tx: Tx) => void (await tx.organization.create({ data: { ...organization(), id } }));
  await expect(inPreview(() => transaction(work), nothing)).rejects.toThrow();
});

test('refuses writes outside a transaction', async () => {
  const client = await db();
  const writes: Array<() => Promise<unknown>> = [
    () => run(RENAME, [id, 'after']),
    () => client.organization.update({ where: { id }, data: { name: 'after' } }),
    () => client.organization.updateMany({ where: { id }, data: { name: 'after' } }),
    () => client.organization.create({ data: organization() }),
    () => client.organization.deleteMany({ where: { id } }),
    () => client.$transaction((tx) => tx.organization.update({ where: { id }, data: { name: 'after' } })),
  ];
  for (const write of writes) await expect(inPreview(async () => write(), nothing)).rejects.toThrow();
  expect(await nameOf(id)).toBe('before');
});

test('leaves writes of others in its group committed, and outside of it', async () => {
  const made = await Promise.all(
    Array.from({ length: 30 }, async () => (await db()).organization.create({ data: organization() })),
  );
  const contexts: boolean[] = [];
  const write = (one: { id: string }) =>
    transaction(async (tx) => {
      contexts.push(isPreview());
      await run(RENAME, [one.id, 'after'], tx);
    });
  await Promise.all(made.map((one, at) => (at % 3 === 0 ? inPreview(() => write(one), nothing) : write(one))));
  const names = await Promise.all(made.map((one) => nameOf(one.id)));
  expect(names).toEqual(made.map((_, at) => (at % 3 === 0 ? 'before' : 'after')));
  expect(contexts.filter(Boolean)).toHaveLength(10);
});

test('survives a write of its group that fails', async () => {
  const { id: other } = await (await db()).organization.create({ data: organization() });
  const failing = transaction(async (tx) => {
    await run(RENAME, [id, 'failed'], tx);
    throw new Error('undo');
  });
  const outcomes = await Promise.allSettled([
    failing,
    inPreview(() => rename(id, 'preview'), nothing),
    rename(other, 'written'),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect([await nameOf(id), await nameOf(other)]).toEqual(['before', 'written']);
});

test('leaves no context behind, also beside another preview', async () => {
  let finish = () => {};
  const open = inPreview(() => new Promise<boolean>((resolve) => (finish = () => resolve(isPreview()))), nothing);
  await inPreview(() => rename(id, 'preview'), nothing);
  expect(isPreview()).toBe(false);
  const still = inPreview(async () => isPreview(), nothing);
  expect(await still).toBe(true);
  finish();
  await open;
  await rename(id, 'after');
  expect(await nameOf(id)).toBe('after');
});
