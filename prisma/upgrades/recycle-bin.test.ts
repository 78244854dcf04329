import { beforeAll, expect, test } from 'vitest';
import { deleteIdentity, findDeletedIdentity, findIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});

test('projects of 0.1.0 keep deleting permanently', async () => {
  const projects = await upgrade.rowsOf('Project');
  expect(projects.length).toBeGreaterThan(0);
  expect(new Set(projects.map(({ recycleBinDays }) => recycleBinDays))).toEqual(new Set([0]));
  const { projectId } = upgrade.known.home;
  const operators = new Set(upgrade.before.Operator?.map(({ identityId }) => identityId));
  const person = upgrade.before.Identity?.find((row) => row.projectId === projectId && !operators.has(row.id));
  const id = String(person?.id);
  expect(await deleteIdentity(cliActor(projectId), id)).toEqual({ purgeAt: null });
  expect([await findIdentity(projectId, id), await findDeletedIdentity(projectId, id)]).toEqual([null, null]);
});
