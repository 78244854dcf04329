import type { Held } from '@/lib/identity/model/held';
import { heldStatement } from '@/lib/identity/service';
import { all } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';

const LIVE = heldStatement('Session', {
  kind: `'sessions'`,
  condition: `h."expiresAt" > $3 AND h."lastSeenAt" > $4 AND h."createdAt" > $5`,
  isOfEpoch: true,
});
/** Their links end a sign-in. */
const ALERTS = heldStatement('SignInAlert', {
  kind: `'links'`,
  condition: `h."expiresAt" > $3 AND h."consumedAt" IS NULL`,
  isOfEpoch: true,
});

type Times = { now: Date; seenAfter: Date; createdAfter: Date };

export async function listHeldSessions(
  projectId: string,
  identityIds: readonly string[],
  { now, seenAfter, createdAfter }: Times,
  tx?: Tx,
): Promise<Held[]> {
  const ids = JSON.stringify(identityIds);
  return [
    ...(await all(LIVE, [projectId, ids, now, seenAfter, createdAfter], tx)),
    ...(await all(ALERTS, [projectId, ids, now], tx)),
  ];
}
