import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { hmac, randomToken } from '@/lib/platform/secret';
import { INVITATION_HOURS, type Invitation } from '../model';
import * as rows from '../repository';

type NewInvitation = Pick<Invitation, 'projectId' | 'organizationId' | 'kind' | 'email' | 'role' | 'invitedBy'>;

/** Inserts an invitation and deletes open ones of the same kind for the same address. `token` goes into its link. */
export async function issueInvitation<New extends NewInvitation>(tx: Tx, data: New) {
  const token = randomToken();
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + INVITATION_HOURS[data.kind] * 60 * 60 * 1000);
  const invitation = { id: newId(), ...data, tokenHash: hashToken(token), createdAt, expiresAt, consumedAt: null };
  const { projectId, organizationId, kind, email } = data;
  await rows.deleteOpen(tx, { projectId, organizationId, kind, email }, createdAt);
  await rows.insertInvitation(tx, invitation);
  return { invitation, token };
}

export function hashToken(token: string): string {
  return hmac('invitation', token);
}
