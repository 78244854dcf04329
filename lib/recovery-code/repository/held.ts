import type { Held } from '@/lib/identity/model/held';
import { heldStatement } from '@/lib/identity/service';
import { all } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';

const UNUSED = heldStatement('RecoveryCode', {
  kind: `'recovery_codes'`,
  condition: `h."usedAt" IS NULL`,
  isOfEpoch: true,
});

/** The recovery codes of identities that still work. */
export async function listHeldRecoveryCodes(
  projectId: string,
  identityIds: readonly string[],
  tx?: Tx,
): Promise<Held[]> {
  return all(UNUSED, [projectId, JSON.stringify(identityIds)], tx);
}
