import { beforeAll, expect, test } from 'vitest';
import { hasUnreachableOrigin, isLoopbackOrigin } from '@/lib/project/model/origin';
import { findProjectByHost, getFirstProject, getProject, listAllProjects, listForReview } from '@/lib/project/service';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});

test('domains and senders of 0.1.0 stay approved and are listed for review, except those that are always approved', async () => {
  const origins = (upgrade.before.ProjectOrigin ?? []).map(({ origin }) => String(origin));
  expect(origins.length).toBeGreaterThan(1);
  for (const origin of origins.filter((one) => !hasUnreachableOrigin({ origin: one })))
    expect(await findProjectByHost(new URL(origin).host), origin).not.toBeNull();
  const { waiting, unreviewed } = await listForReview();
  expect(waiting).toEqual([]);
  const first = await getFirstProject();
  const listed = (kind: string) => unreviewed.filter((one) => one.kind === kind).map(({ value }) => value);
  const unreviewedOrigins = origins.filter(
    (origin) => !isLoopbackOrigin(origin) && !hasUnreachableOrigin({ origin }) && origin !== first.origin,
  );
  expect(listed('origin').sort()).toEqual(unreviewedOrigins.sort());
  const senders = (await listAllProjects()).flatMap(({ project }) => project.mailFrom ?? []);
  expect(listed('sender').sort()).toEqual(senders.sort());
  expect(await getProject(upgrade.known.shop.projectId)).toMatchObject({ origin: upgrade.known.shop.origin });
});
