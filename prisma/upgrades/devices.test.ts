import { beforeAll, expect, test } from 'vitest';
import { getIdentity } from '@/lib/identity/service';
import { getProject } from '@/lib/project/service';
import { summarizeRecoveryCodes } from '@/lib/recovery-code/service';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});

test('projects of 0.1.0 allow recovery codes, and their people have none', async () => {
  const projects = await upgrade.rowsOf('Project');
  expect(projects.length).toBeGreaterThan(0);
  expect(new Set(projects.map(({ recoveryCodes }) => recoveryCodes))).toEqual(new Set(['allowed']));
  const { projectId } = upgrade.known.home;
  expect((await getProject(projectId)).recoveryCodes).toBe('allowed');
  const [person] = upgrade.before.Identity?.filter((row) => row.projectId === projectId) ?? [];
  expect(await summarizeRecoveryCodes(await getIdentity(projectId, String(person?.id)))).toBeNull();
});
