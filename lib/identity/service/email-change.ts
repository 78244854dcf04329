import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { type EmailChange, UNDO_DAYS } from '../model';
import * as rows from '../repository/email-change';

/** Reserves the address that a person gives up, in the same transaction. */
export async function recordEmailChange(
  tx: Tx,
  input: Pick<EmailChange, 'projectId' | 'identityId' | 'linkHash' | 'oldAddress' | 'pointer'>,
): Promise<EmailChange> {
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + UNDO_DAYS * 24 * 60 * 60 * 1000);
  const change = { id: newId(), ...input, createdAt, expiresAt };
  await rows.insertEmailChange(tx, change);
  return change;
}

/** By the hash of its link, unless expired. */
export async function findEmailChange(projectId: string, linkHash: string, tx?: Tx): Promise<EmailChange | null> {
  return rows.findEmailChange(projectId, linkHash, new Date(), tx);
}

/** Consumes the link, links of later changes and their reservations. Refuses: `link_used_or_expired`. */
export async function consumeEmailChange(tx: Tx, projectId: string, linkHash: string): Promise<EmailChange> {
  const now = new Date();
  const change = await rows.findEmailChange(projectId, linkHash, now, tx);
  if (!change || !(await rows.consumeEmailChange(tx, change, now))) throw new AppError('link_used_or_expired');
  await rows.deleteLaterEmailChanges(tx, change);
  return change;
}

/** Removes all links that restore an earlier address of this identity, and their reservations. */
export async function endEmailChanges(tx: Tx, projectId: string, identityId: string): Promise<void> {
  await rows.deleteEmailChanges(tx, projectId, identityId);
}

/** Whether this address (normalized) is reserved because its previous owner may still restore it. */
export async function isAddressReserved(projectId: string, address: string, tx?: Tx): Promise<boolean> {
  return (await rows.findReserved(projectId, { addresses: [address], exceptId: null }, new Date(), tx)).length > 0;
}

/** Removes expired rows in small steps; resolves to their number. Reads never rely on it. */
export async function purgeEmailChanges(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpiredEmailChanges(now, limit), { signal });
}
