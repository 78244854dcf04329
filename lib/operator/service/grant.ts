import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { type Invitation, isAtLeast, isBacked, type Removals } from '../model';
import * as rows from '../repository';
import { removalDetails } from './promote';

/** The caller locks the organization, which serialises this with removal of the inviter's role. Refuses: `invitation_used_or_expired`. */
export async function spend(tx: Tx, invitation: Invitation): Promise<void> {
  const standing = await rows.findStanding(invitation.organizationId, tx);
  if (!isBacked(invitation, standing) || !(await rows.spendInvitation(tx, invitation, new Date())))
    throw new AppError('invitation_used_or_expired');
}

/** The role of an invitation, unless they have a higher one by now. */
export async function grant(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  { id: invitationId, organizationId, role }: Invitation,
  removals: Removals,
): Promise<void> {
  const held = await rows.findOperator(organizationId, identity.id, tx);
  if (held && isAtLeast(held.role, role)) return;
  const now = new Date();
  if (held) await rows.updateRole(tx, held, role, now);
  else
    await rows.insertOperator(tx, {
      id: newId(),
      organizationId,
      identityId: identity.id,
      role,
      createdAt: now,
      updatedAt: now,
    });
  const details = { role, invitation_id: invitationId, organization_id: organizationId, ...removalDetails(removals) };
  await recordEvent(tx, actor, { type: 'operator.added', identityId: identity.id, details });
}
