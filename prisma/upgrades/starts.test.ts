import { beforeAll, expect, test } from 'vitest';
import { migrate, pendingMigrations } from '@/lib/platform/db/migrate';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

/** Several processes start at once on a database of 0.1.0: they take turns, and each migration runs once. */
let upgrade: Upgrade;
let finished: string[];

beforeAll(async () => {
  finished = [];
  upgrade = await upgradeFixture(async (url) => {
    const onApplied = (name: string) => finished.push(name);
    await Promise.all([1, 2, 3].map(() => migrate(url, { onApplied })));
  });
});

test('each migration is finished once', async () => {
  expect(finished.length).toBeGreaterThan(1);
  expect(new Set(finished).size).toBe(finished.length);
  expect(await pendingMigrations(upgrade.url)).toEqual([]);
});

test('a step runs once', async () => {
  const displaced = (await upgrade.rowsOf('AuditEvent')).filter(({ type }) => type === 'identity.identifier_displaced');
  expect(displaced).toHaveLength(2);
});
