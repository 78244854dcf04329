import type { Identity, OperatorRole } from '@/lib/identity/model';
import { findIdentity } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { isAtLeast, type Operator } from './model';
import * as rows from './repository';

export { ensureSetupLink, type InvitationLink, inviteOperator, peekInvitation } from './service/invite';
export { acceptInvitation, beginSetup, finishSetup, type SetupInput } from './service/set-up';

/** The role of an identity in an organization as it is now, or null. */
export async function findRole(organizationId: string, identityId: string): Promise<OperatorRole | null> {
  return (await rows.findOperator(organizationId, identityId))?.role ?? null;
}

/** The operators of an organization with who they are, the first one first. */
export async function listOperators(
  organizationId: string,
): Promise<Array<{ operator: Operator; identity: Identity }>> {
  const all = await rows.listOperatorRows(organizationId);
  const found = await Promise.all(
    all.map(async ({ projectId, ...operator }) => ({
      operator,
      identity: await findIdentity(projectId, operator.identityId),
    })),
  );
  return found.flatMap(({ operator, identity }) => (identity ? [{ operator, identity }] : []));
}

/**
 * Proves that an identity, as just read with its session, holds this role or a higher one; resolves to the one it holds.
 * Refuses: `forbidden`.
 */
export function requireRole(
  identity: Pick<Identity, 'operatorRoles' | 'state'>,
  organizationId: string,
  needed: OperatorRole,
): OperatorRole {
  const held = identity.operatorRoles.find((operator) => operator.organizationId === organizationId);
  if (identity.state !== 'active' || !held || !isAtLeast(held.role, needed)) throw new AppError('forbidden');
  return held.role;
}

/** One acts on operators up to one's own role only (contract 8.1); on everybody else freely. Refuses: `forbidden`. */
export function guardReach(role: OperatorRole, target: Pick<Identity, 'operatorRoles'>, organizationId: string): void {
  const isAbove = target.operatorRoles.some(
    (held) => held.organizationId === organizationId && !isAtLeast(role, held.role),
  );
  if (isAbove) throw new AppError('forbidden');
}
