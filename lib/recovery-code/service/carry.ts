import type { Identity } from '@/lib/identity/model';
import type { Tx } from '@/lib/platform/db/transaction';
import * as rows from '../repository';

/**
 * Moves the codes of an identity to a later epoch, in the transaction that raises it: they outlive the revocation. For a
 * person who deletes their account and may lose every other way back in.
 */
export async function carryRecoveryCodes(tx: Tx, before: Identity, after: Identity): Promise<void> {
  await rows.updateEpoch(tx, before, after.revocationEpoch);
}
