import { beforeAll, expect, test } from 'vitest';
import { getIdentity } from '@/lib/identity/service';
import { getProject } from '@/lib/project/service';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});

test('projects of 0.1.0 keep deleted accounts for seven days, and no account is deleted', async () => {
  const { projectId } = upgrade.known.home;
  expect((await getProject(projectId)).deletionGraceDays).toBe(7);
  const people = upgrade.before.Identity?.filter((row) => row.projectId === projectId) ?? [];
  expect(people.length).toBeGreaterThan(0);
  for (const { id } of people) expect((await getIdentity(projectId, String(id))).deletionDueAt).toBeNull();
});
