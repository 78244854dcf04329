import type { Held } from '@/lib/identity/model/held';
import { heldStatement } from '@/lib/identity/service';
import { all } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';

const UNFINISHED = heldStatement('Pairing', {
  kind: `'ceremonies'`,
  condition: `h."expiresAt" > $3 AND h.state IN ('open', 'requested', 'confirmed')`,
  isOfEpoch: true,
});

/** Unfinished requests of identities to add a passkey on another device. */
export async function listHeldPairings(
  projectId: string,
  identityIds: readonly string[],
  { tx, now }: { tx?: Tx | undefined; now: Date },
): Promise<Held[]> {
  return all(UNFINISHED, [projectId, JSON.stringify(identityIds), now], tx);
}
