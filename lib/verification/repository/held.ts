import type { Held } from '@/lib/identity/model/held';
import { heldStatement } from '@/lib/identity/service';
import { all } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';

/** A code counts together with its link. That of a recovery is derived from its link. */
const PENDING = heldStatement('Verification', {
  kind: `CASE WHEN h."codeHash" IS NOT NULL OR h.purpose = 'recovery' THEN 'codes' ELSE 'links' END`,
  condition: `h."expiresAt" > $3 AND h."consumedAt" IS NULL`,
  isOfEpoch: true,
});

/** Unanswered codes and links of identities. */
export async function listHeldCodes(
  projectId: string,
  identityIds: readonly string[],
  { tx, now }: { tx?: Tx | undefined; now: Date },
): Promise<Held[]> {
  return all(PENDING, [projectId, JSON.stringify(identityIds), now], tx);
}
