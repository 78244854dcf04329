import { listHeldPasskeys } from '@/lib/credential/service';
import type { Held } from '@/lib/identity/model/held';
import { listHeldAddresses } from '@/lib/identity/service';
import { listHeldPairings } from '@/lib/pairing/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { getProject } from '@/lib/project/service';
import { listHeldRecoveryCodes } from '@/lib/recovery-code/service';
import { listHeldSessions } from '@/lib/session/service';
import { listHeldCodes } from '@/lib/verification/service';

/** Everything these identities hold: in the transaction `tx`, or as last committed. */
export async function listHeld(
  projectId: string,
  identityIds: readonly string[],
  { tx, now = new Date() }: { tx?: Tx | undefined; now?: Date } = {},
): Promise<Held[]> {
  if (identityIds.length === 0) return [];
  const { sessionIdleSeconds, sessionLifetimeSeconds } = await getProject(projectId, tx);
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const times = { now, seenAfter: before(sessionIdleSeconds), createdAfter: before(sessionLifetimeSeconds) };
  return [
    ...(await listHeldSessions(projectId, identityIds, times, tx)),
    ...(await listHeldPasskeys(projectId, identityIds, { tx, now })),
    ...(await listHeldRecoveryCodes(projectId, identityIds, tx)),
    ...(await listHeldCodes(projectId, identityIds, { tx, now })),
    ...(await listHeldPairings(projectId, identityIds, { tx, now })),
    ...(await listHeldAddresses(projectId, identityIds, { tx, now })),
  ];
}
