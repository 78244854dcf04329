import { beforeAll, expect, test } from 'vitest';
import { getIdentity } from '@/lib/identity/service';
import { toDate } from '@/lib/platform/db/dates';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});

test('takes the last sign-in of each identity from the audit log', async () => {
  const { projectId, ids } = upgrade.known.home;
  const started = (upgrade.before.AuditEvent ?? []).filter(
    ({ type }) => type === 'session.started' || type === 'session.replaced',
  );
  let found = 0;
  for (const id of Object.values(ids)) {
    const times = started
      .filter(({ identityId }) => identityId === id)
      .map(({ createdAt }) => toDate(createdAt as string | Date).getTime());
    const { signedInAt } = await getIdentity(projectId, id);
    expect(signedInAt?.getTime() ?? null, id).toBe(times.length === 0 ? null : Math.max(...times));
    if (times.length > 0) found += 1;
  }
  expect(found).toBeGreaterThan(0);
});
