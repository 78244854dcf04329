import { expect, inject, test } from 'vitest';
import { databaseKind, db } from '../lib/platform/db/client';
import { migrate } from '../lib/platform/db/migrate';
import { env } from '../lib/platform/env';

const organization = (id: string) => ({ id, name: id, slug: id, createdAt: new Date(), updatedAt: new Date() });

test("a test file starts with an empty database of its project's kind", async () => {
  expect(databaseKind()).toBe(inject('databaseTemplate').kind);
  expect(await (await db()).organization.count()).toBe(0);
});

test('later tests of a file see what earlier ones wrote', async () => {
  const database = await db();
  await database.organization.create({ data: organization('first') });
  expect(await database.organization.findMany({ select: { id: true } })).toEqual([{ id: 'first' }]);
});

test('a migrated database needs no further migration', async () => {
  const applied: string[] = [];
  const counts = await Promise.all(
    [1, 2, 3].map(() => migrate(env().databaseUrl, { onApplied: (name) => applied.push(name) })),
  );
  expect(counts).toEqual([0, 0, 0]);
  expect(applied).toEqual([]);
});
