import type { Held } from '@/lib/identity/model/held';
import { heldStatement } from '@/lib/identity/service';
import { all } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';

const PASSKEYS = heldStatement('Passkey', { kind: `'passkeys'`, condition: 'true', isOfEpoch: false });
const CHALLENGES = heldStatement('Challenge', {
  kind: `'ceremonies'`,
  condition: `h."expiresAt" > $3`,
  isOfEpoch: true,
});

/** The passkeys of identities, and the ceremonies they have begun. */
export async function listHeldPasskeys(
  projectId: string,
  identityIds: readonly string[],
  { tx, now }: { tx?: Tx | undefined; now: Date },
): Promise<Held[]> {
  const ids = JSON.stringify(identityIds);
  return [...(await all(PASSKEYS, [projectId, ids], tx)), ...(await all(CHALLENGES, [projectId, ids, now], tx))];
}
