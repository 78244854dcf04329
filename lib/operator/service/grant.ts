import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import type { OperatorInvitation } from '@/lib/invitation/model';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { isAtLeast } from '@/lib/role/model';
import { assignRole, findAssignment } from '@/lib/role/service';
import type { Removals } from '../model';
import { removalDetails } from './promote';

/** Grants the role of an invitation, unless the identity already has the same or a higher one. */
export async function grant(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  { id: invitationId, organizationId, role }: OperatorInvitation,
  removals: Removals,
): Promise<void> {
  const held = await findAssignment(organizationId, identity.id, tx);
  if (held && isAtLeast(held.role, role)) return;
  await assignRole(tx, { organizationId, identityId: identity.id }, role);
  const details = { role, invitation_id: invitationId, ...removalDetails(removals) };
  await recordEvent(tx, actor, { type: 'operator.added', identityId: identity.id, organizationId, details });
}
