import { recordEvent } from '@/lib/audit/service';
import type { OperatorRole } from '@/lib/identity/model';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { findOrganization } from '@/lib/project/service';
import { isAtLeast, isOperatorRole, type Operator } from '../model';
import * as rows from '../repository';

/**
 * Gives an operator of an organization another role; nobody above one's own, and none above it.
 * Refuses: `not_found`, `forbidden`, `last_owner`, `invalid_input`.
 */
export async function changeRole(
  actor: Actor,
  organizationId: string,
  identityId: string,
  role: OperatorRole,
): Promise<void> {
  if (!isOperatorRole(role))
    throw new AppError('invalid_input', { violations: [{ pointer: '/role', message: 'This role does not exist' }] });
  await transaction(async (tx) => {
    const target = await lockedOperator(tx, organizationId, identityId);
    await guardOwnRole(tx, actor, organizationId, [target.role, role]);
    if (target.role === role) return;
    await guardLastOwner(tx, target);
    await rows.updateRole(tx, target, role, new Date());
    await record(tx, actor, 'operator.role_changed', target, { role, before: target.role });
  });
}

/**
 * Takes somebody's role in an organization away; who they are, and how they sign in, stays. Everybody may go themselves, but for
 * the last owner. Refuses: `not_found`, `forbidden`, `last_owner`.
 */
export async function removeOperator(actor: Actor, organizationId: string, identityId: string): Promise<void> {
  await transaction(async (tx) => {
    const target = await lockedOperator(tx, organizationId, identityId);
    const isSelf = actor.kind === 'operator' && actor.id === identityId;
    if (!isSelf) await guardOwnRole(tx, actor, organizationId, [target.role]);
    await guardLastOwner(tx, target);
    await rows.deleteOperator(tx, target);
    await record(tx, actor, 'operator.removed', target, { role: target.role });
  });
}

/**
 * One acts on roles up to one's own, as it is at this moment, and only if that is more than looking. The machine's own command
 * line may do all. Refuses: `forbidden`.
 */
export async function guardOwnRole(tx: Tx, actor: Actor, organizationId: string, roles: OperatorRole[]): Promise<void> {
  if (actor.kind === 'cli' || actor.kind === 'system') return;
  const own = actor.kind === 'operator' && actor.id ? await rows.findOperator(organizationId, actor.id, tx) : null;
  if (!own || ![...roles, 'admin' as const].every((role) => isAtLeast(own.role, role))) throw new AppError('forbidden');
}

/** Whoever else changes roles in the organization waits: of two owners who go at once, the second one finds itself the last. */
async function lockedOperator(tx: Tx, organizationId: string, identityId: string): Promise<Operator> {
  await rows.lockOrganization(tx, organizationId);
  const operator = await rows.findOperator(organizationId, identityId, tx);
  if (!operator) throw new AppError('not_found');
  return operator;
}

async function guardLastOwner(tx: Tx, { organizationId, identityId, role }: Operator): Promise<void> {
  if (role !== 'owner' || (await rows.countOtherOwners(tx, organizationId, identityId)) > 0) return;
  throw new AppError('last_owner');
}

async function record(
  tx: Tx,
  actor: Actor,
  type: 'operator.role_changed' | 'operator.removed',
  { organizationId, identityId }: Operator,
  details: { role: OperatorRole; before?: OperatorRole },
): Promise<void> {
  const organization = (await findOrganization(organizationId, tx))?.name ?? '';
  const told = { ...details, organization_id: organizationId, organization };
  await recordEvent(tx, actor, { type, identityId, details: told });
}
