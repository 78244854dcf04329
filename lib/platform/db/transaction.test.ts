import { beforeAll, expect, test } from 'vitest';
import { newId } from '../ids';
import { db } from './client';
import { afterCommit, transaction } from './transaction';
import { isUniqueViolation } from './violations';

const organization = (slug = newId()) => ({
  id: newId(),
  name: 'x',
  slug,
  createdAt: new Date(),
  updatedAt: new Date(),
});
const exists = async (id: string) => (await (await db()).organization.count({ where: { id } })) === 1;
const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeAll(async () => {
  await db();
});

test('what another request writes while a transaction is open survives that transaction’s failure', async () => {
  const inside = organization();
  const outside = Array.from({ length: 20 }, () => organization());
  let writes: Promise<unknown> = Promise.resolve();
  const failing = transaction(async (tx) => {
    await tx.organization.create({ data: inside });
    const client = await db();
    writes = Promise.all(outside.map((data) => client.organization.create({ data })));
    for (let i = 0; i < 20; i++) await turn(); // let the others try
    throw new Error('undo');
  });
  await expect(failing).rejects.toThrow('undo');
  await writes;
  expect(await exists(inside.id)).toBe(false);
  for (const { id } of outside) expect(await exists(id)).toBe(true);
});

test('a read outside sees nothing of an open transaction', async () => {
  const inside = organization();
  let seen: boolean | undefined;
  await transaction(async (tx) => {
    await tx.organization.create({ data: inside });
    seen = await exists(inside.id);
  });
  expect(seen).toBe(false);
  expect(await exists(inside.id)).toBe(true);
});

test('parallel transactions take turns and none is lost', async () => {
  const { id } = await (await db()).organization.create({ data: organization() });
  const project = {
    organizationId: id,
    name: '0',
    registration: 'closed',
    sessionIdleSeconds: 1,
    sessionLifetimeSeconds: 1,
  };
  const stamps = { createdAt: new Date(), updatedAt: new Date() };
  await (await db()).project.create({ data: { id, slug: id, ...project, ...stamps } });
  await Promise.all(
    Array.from({ length: 50 }, () =>
      transaction((tx) => tx.project.updateMany({ where: { id }, data: { sessionIdleSeconds: { increment: 1 } } })),
    ),
  );
  expect((await (await db()).project.findUnique({ where: { id } }))?.sessionIdleSeconds).toBe(51);
});

test('a unique violation names its field', async () => {
  const slug = newId();
  const client = await db();
  await client.organization.create({ data: organization(slug) });
  const error: unknown = await client.organization
    .create({ data: organization(slug) })
    .catch((cause: unknown) => cause);
  expect(isUniqueViolation(error)).toBe(true);
  expect(isUniqueViolation(error, 'slug')).toBe(true);
  expect(isUniqueViolation(error, 'externalId')).toBe(false);
});

test('what is to follow a commit follows it, and nothing follows an undone one', async () => {
  const seen: string[] = [];
  await transaction(async (tx) => {
    afterCommit(tx, () => seen.push('committed'));
    expect(seen).toEqual([]);
  });
  await transaction(async (tx) => {
    afterCommit(tx, () => seen.push('undone'));
    throw new Error('undo');
  }).catch(() => undefined);
  expect(seen).toEqual(['committed']);
});
