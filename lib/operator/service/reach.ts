import type { Identity, OperatorRole } from '@/lib/identity/model';
import { AppError } from '@/lib/platform/errors';
import { isAtLeast, isWithinReach } from '../model';
import * as rows from '../repository';

/** The role of an identity in an organization as it is now, or null. */
export async function findRole(organizationId: string, identityId: string): Promise<OperatorRole | null> {
  return (await rows.findOperator(organizationId, identityId))?.role ?? null;
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

/**
 * One acts on operators up to one's own role only (contract 8.1), in each organization that they hold a role in; on everybody
 * else freely. Refuses: `forbidden`.
 */
export function guardReach(actor: Pick<Identity, 'operatorRoles'>, target: Pick<Identity, 'operatorRoles'>): void {
  if (!isWithinReach(actor, target)) throw new AppError('forbidden');
}
