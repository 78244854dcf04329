import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pendingMigrations } from '@/lib/platform/db/migrate';
import { temporaryFolder } from '@/testing/database';
import { fixtureFolders, signInWithKept, upgradeFixture } from '@/testing/upgraded';

/** The databases of the past releases, and the one that the next release will leave. */
const next = temporaryFolder();
afterAll(() => next.remove());

test.each(fixtureFolders().map((folder) => [path.basename(folder), folder]))(
  'upgrades and uses the database of %s',
  async (_, folder) => expectUsed(folder ?? ''),
);

test('makes the fixture of the next release, upgrades it and uses it', async () => {
  execFileSync(process.execPath, ['scripts/make-fixture.mjs', next.dir], { stdio: 'pipe' });
  await expectUsed(next.dir);
}, 60_000);

async function expectUsed(folder: string): Promise<void> {
  const { known, url, before, rowsOf } = await upgradeFixture(undefined, folder);
  expect(await pendingMigrations(url)).toEqual([]);
  expect(await rowsOf('Identity')).toHaveLength(before.Identity?.length ?? 0);
  const { id } = await signInWithKept(known.home, 'jane');
  expect(id).toBe(known.home.ids.jane);
}
