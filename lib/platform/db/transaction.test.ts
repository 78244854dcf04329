import { beforeAll, describe, expect, test, vi } from 'vitest';
import { makeProject } from '@/testing/project';
import { AppError } from '../errors';
import { newId } from '../ids';
import { databaseKind, db } from './client';
import { afterCommit, ConcurrentUpdateError, type Tx, transaction } from './transaction';
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

test("another request's write survives the failure of a transaction open at the time", async () => {
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

test('a unique violation names its field, and nothing else from the error', async () => {
  const slug = `name-${newId()}`;
  const client = await db();
  await client.organization.create({ data: organization(slug) });
  const error: unknown = await client.organization
    .create({ data: organization(slug) })
    .catch((cause: unknown) => cause);
  expect(isUniqueViolation(error)).toBe(true);
  expect(isUniqueViolation(error, 'slug')).toBe(true);
  for (const other of ['name', 'slu', 'id', 'Organization', 'key', 'constraint', 'UniqueConstraintViolation', ''])
    expect(isUniqueViolation(error, other)).toBe(false);
});

test('a unique violation of several fields names each', async () => {
  const { id: projectId } = await makeProject();
  const row = () => ({ id: newId(), projectId, schemaId: 'twice', version: 1, document: '{}', createdAt: new Date() });
  const client = await db();
  await client.identitySchema.create({ data: row() });
  const error: unknown = await client.identitySchema.create({ data: row() }).catch((cause: unknown) => cause);
  for (const field of ['projectId', 'schemaId', 'version']) expect(isUniqueViolation(error, field)).toBe(true);
  for (const other of ['Id', 'id', 'document']) expect(isUniqueViolation(error, other)).toBe(false);
});

describe('a query still pending when its transaction fails', () => {
  test('is rolled back with it', async () => {
    const left = [organization(), organization(), organization()];
    const work = transaction((tx) =>
      Promise.all([
        Promise.reject(new Error('undo')),
        ...left.map(async (data) => {
          await tx.organization.count();
          await tx.organization.create({ data });
        }),
      ]),
    );
    await expect(work).rejects.toThrow('undo');
    await transaction(async (tx) => tx.organization.create({ data: organization() }));
    for (const { id } of left) expect(await exists(id)).toBe(false);
  });

  test('is refused afterwards', async () => {
    const left: Tx[] = [];
    await transaction(async (tx) => void left.push(tx));
    for (const tx of left) {
      await expect(tx.organization.count()).rejects.toThrow('The transaction has ended');
      await expect(tx.$queryRaw`SELECT 1`).rejects.toThrow('The transaction has ended');
    }
    expect(left).toHaveLength(1);
  });
});

test('a transaction that ignores a failed statement commits on SQLite only', async () => {
  const data = organization();
  await (await db()).organization.create({ data });
  const after = organization();
  const work = transaction(async (tx) => {
    await tx.organization.create({ data }).catch(() => undefined);
    if (databaseKind() === 'sqlite') await tx.organization.create({ data: after });
    return 'done';
  });
  if (databaseKind() === 'sqlite') expect(await work).toBe('done');
  else await expect(work).rejects.toThrow('rolled the transaction back');
  expect(await exists(after.id)).toBe(databaseKind() === 'sqlite');
});

test('a nested create is part of its transaction', async () => {
  const data = organization();
  const stamps = { createdAt: new Date(), updatedAt: new Date() };
  const project = { ...organization(), registration: 'closed', sessionIdleSeconds: 1, sessionLifetimeSeconds: 1 };
  const nested = { ...data, projects: { create: { ...project, ...stamps } } };
  const undone = transaction(async (tx) => {
    await tx.organization.create({ data: nested });
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  expect(await exists(data.id)).toBe(false);
  await transaction((tx) => tx.organization.create({ data: nested }));
  const other = { ...organization(), projects: { create: { ...project, ...stamps } } };
  const twice: unknown = await (await db()).organization.create({ data: other }).catch((error: unknown) => error);
  expect(isUniqueViolation(twice)).toBe(true);
  expect(await exists(data.id)).toBe(true);
  expect(await exists(other.id)).toBe(false);
});

test('hooks run after a commit, and not after a rollback', async () => {
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

test('a hook that throws leaves the commit and the other hooks as they are', async () => {
  const data = organization();
  const seen: string[] = [];
  let tries = 0;
  await transaction(async (tx) => {
    tries++;
    await tx.organization.create({ data });
    afterCommit(tx, () => {
      throw Object.assign(new Error('write conflict'), { code: 'P2034' });
    });
    afterCommit(tx, () => seen.push('committed'));
  });
  expect(await exists(data.id)).toBe(true);
  expect({ tries, seen }).toEqual({ tries: 1, seen: ['committed'] });
});

describe('a concurrent update', () => {
  test('is run again as a whole, and only the last run leaves anything', async () => {
    const tried = [organization(), organization(), organization()];
    const seen: string[] = [];
    let tries = 0;
    const won = await transaction(async (tx) => {
      const data = tried[tries++] ?? organization();
      await tx.organization.create({ data });
      afterCommit(tx, () => seen.push(data.id));
      if (tries < 3) throw new ConcurrentUpdateError();
      return data.id;
    });
    expect(won).toBe(tried[2]?.id);
    expect(seen).toEqual([won]);
    expect(await Promise.all(tried.map(({ id }) => exists(id)))).toEqual([false, false, true]);
  });

  test('reported by the database is run again as well', async () => {
    let tries = 0;
    const conflict = Object.assign(new Error('write conflict'), { code: 'P2034' });
    expect(await transaction(async () => (++tries < 3 ? Promise.reject(conflict) : tries))).toBe(3);
  });

  test('does not include a refusal with such a cause', async () => {
    const refusal = new AppError('code_used_or_expired', { cause: new ConcurrentUpdateError() });
    let tries = 0;
    const work = transaction(async () => {
      tries++;
      throw refusal;
    });
    await expect(work).rejects.toBe(refusal);
    expect(tries).toBe(1);
  });

  test('without end is overloaded', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const work = transaction(async () => {
      vi.advanceTimersByTime(1000);
      throw new ConcurrentUpdateError();
    });
    await expect(work).rejects.toMatchObject({ code: 'overloaded', details: { retryAfterSeconds: 1 } });
    vi.useRealTimers();
  });
});
