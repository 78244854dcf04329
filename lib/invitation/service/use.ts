import { findIdentityByIdentifier } from '@/lib/identity/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { findOrganization } from '@/lib/project/service';
import { findActiveSince, hasOperators } from '@/lib/role/service';
import { type InvitationPreview, isBacked, isOpen, isOperatorInvitation, type OperatorInvitation } from '../model';
import * as rows from '../repository';
import { hashToken } from './issue';

/** Previews an invitation without consuming it, safe for any number of GETs. Another project's link is `unusable`. */
export async function peekInvitation(projectId: string, token: string): Promise<InvitationPreview> {
  const invitation = await findUsableInvitation(projectId, token);
  if (!invitation) return { state: 'unusable' };
  const { kind, email, role, organizationId } = invitation;
  const known = email === null ? null : await findIdentityByIdentifier(projectId, email);
  const organization = (await findOrganization(organizationId))?.name ?? '';
  return { state: known ? 'sign_in' : 'usable', kind, email, role, organization };
}

/**
 * The invitation behind an operator's link if it is usable: of this project, open, backed by its inviter, and for
 * `setup` only while the organization has no operator.
 */
export async function findUsableInvitation(
  projectId: string,
  token: string,
  tx?: Tx,
): Promise<OperatorInvitation | null> {
  const invitation = await rows.findByToken(hashToken(token), tx);
  if (invitation?.projectId !== projectId || !isOperatorInvitation(invitation)) return null;
  if (!isOpen(invitation, new Date())) return null;
  const { kind, organizationId } = invitation;
  const isSuperseded = kind === 'setup' && (await hasOperators(organizationId, tx));
  return isSuperseded || !isBacked(invitation, await findActiveSince(organizationId, tx)) ? null : invitation;
}

/**
 * Consumes an invitation; exactly one of several concurrent calls succeeds. The caller locks the organization, which
 * serializes this with the removal of the inviter's role. Refuses: `invitation_used_or_expired`.
 */
export async function consumeInvitation(tx: Tx, invitation: OperatorInvitation): Promise<void> {
  const { id, organizationId } = invitation;
  const isUsable = isBacked(invitation, await findActiveSince(organizationId, tx));
  if (!isUsable || (await rows.consumeOpen(tx, { organizationId, id }, new Date())) === 0)
    throw new AppError('invitation_used_or_expired');
}
