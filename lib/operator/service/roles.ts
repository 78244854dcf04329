import { recordEvent } from '@/lib/audit/service';
import { emailOf, type Identity } from '@/lib/identity/model';
import { findIdentity, getIdentity, touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { findOrganization, getFirstProject, lockOrganization } from '@/lib/project/service';
import { isAtLeast, isOperatorRole, isWithinReach, type OperatorRole, type RoleAssignment } from '@/lib/role/model';
import { assignRole, deleteAssignment, findAssignment, guardLastOwner, guardOwnRole } from '@/lib/role/service';
import { endAllSessions } from '@/lib/session/service';
import type { Confirmation, Removals } from '../model';
import { notifyPromoted, removalDetails, revokePriorAccess } from './promote';

/**
 * Changes the role of an operator; neither the current nor the new role may be above the actor's own. A higher role
 * removes what another party could have planted in the account; `confirmed` repeats what `previewPromotion` returned.
 * Refuses: `not_found`, `forbidden`, `last_owner`, `invalid_input`; for a higher role also `forbidden` for an operator
 * of another organization that the actor may not act on, `address_unverified`, `promotion_refused`, and
 * `removals_changed` if `confirmed` differs from the removals.
 */
export async function changeRole(
  actor: Actor,
  organizationId: string,
  identityId: string,
  role: OperatorRole,
  confirmed: Confirmation = { removals: [] },
): Promise<void> {
  if (!isOperatorRole(role))
    throw new AppError('invalid_input', { violations: [{ pointer: '/role', message: 'This role does not exist' }] });
  await transaction(async (tx) => {
    const target = await lockedOperator(tx, organizationId, identityId);
    await guardOwnRole(tx, actor, organizationId, [target.role, role]);
    if (target.role === role) return;
    await guardLastOwner(tx, identityId, [target]);
    const removals = isAtLeast(target.role, role) ? null : await promote(tx, actor, target, role, confirmed);
    await assignRole(tx, target, role);
    const details = { role, before: target.role, ...(removals && removalDetails(removals)) };
    await record(tx, actor, 'operator.role_changed', target, details);
  });
}

/** Ends every session, because none of them is known to be the holder's own. */
async function promote(
  tx: Tx,
  actor: Actor,
  { organizationId, identityId }: RoleAssignment,
  role: OperatorRole,
  confirmed: Confirmation,
): Promise<Removals> {
  const { id: projectId } = await getFirstProject();
  await touchIdentity(tx, projectId, identityId);
  const current = await getIdentity(projectId, identityId, tx);
  const by = { ...actor, projectId };
  await guardAccount(tx, by, current);
  const email = emailOf(current);
  if (email === null) throw new AppError('address_unverified');
  if (confirmed.email !== undefined && confirmed.email !== email) throw new AppError('removals_changed');
  const { identity, removals } = await revokePriorAccess(tx, by, current, { email, confirmed: confirmed.removals });
  await endAllSessions(by, identityId, { tx });
  await notifyPromoted(tx, identity, { role, organizationId, removals });
  return removals;
}

/** Changing the account requires permission in every organization in which it has a role. Refuses: `forbidden`. */
async function guardAccount(tx: Tx, { kind, id, projectId }: Actor, target: Identity): Promise<void> {
  if (kind !== 'operator') return; // the command line and the system have every permission
  const own = id === null ? null : await findIdentity(projectId, id, tx);
  if (!own || !isWithinReach(own, target)) throw new AppError('forbidden');
}

/**
 * Removes an operator's role in an organization; the identity and its credentials stay. Operators may remove
 * themselves, except the last owner. Refuses: `not_found`, `forbidden`, `last_owner`.
 */
export async function removeOperator(actor: Actor, organizationId: string, identityId: string): Promise<void> {
  await transaction(async (tx) => {
    const target = await lockedOperator(tx, organizationId, identityId);
    const isSelf = actor.kind === 'operator' && actor.id === identityId;
    if (!isSelf) await guardOwnRole(tx, actor, organizationId, [target.role]);
    await guardLastOwner(tx, identityId, [target]);
    await deleteAssignment(tx, target);
    await record(tx, actor, 'operator.removed', target, { role: target.role });
  });
}

/** Locks the organization, so that when two owners leave concurrently, the second one is refused. */
async function lockedOperator(tx: Tx, organizationId: string, identityId: string): Promise<RoleAssignment> {
  await lockOrganization(tx, organizationId);
  const operator = await findAssignment(organizationId, identityId, tx);
  if (!operator) throw new AppError('not_found');
  return operator;
}

async function record(
  tx: Tx,
  actor: Actor,
  type: 'operator.role_changed' | 'operator.removed',
  { organizationId, identityId }: RoleAssignment,
  details: Record<string, unknown>,
): Promise<void> {
  const organization = (await findOrganization(organizationId, tx))?.name ?? '';
  await recordEvent(tx, actor, { type, identityId, organizationId, details: { ...details, organization } });
}
