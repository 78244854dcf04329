import type { Identity, OperatorRole } from '@/lib/identity/model';
import { AppError } from '@/lib/platform/errors';
import { isAtLeast, isWithinReach } from './model';
import * as rows from './repository';

export { hasOperators, listOperators } from './repository';
export { type Accepted, acceptInvitation, beginAcceptance, finishAcceptance, wayToAccept } from './service/accept';
export {
  ensureSetupLink,
  type InvitationLink,
  inviteOperator,
  listOpenInvitations,
  peekInvitation,
  revokeInvitation,
} from './service/invite';
export { findInvitationProof, proveInvitationMailbox, sendInvitationCode } from './service/mailbox';
export { createOrganization } from './service/organization';
export { previewAcceptance, previewPromotion } from './service/promote';
export { changeRole, removeOperator } from './service/roles';
export { beginSetup, finishSetup, type SetupInput } from './service/set-up';

const PURGE_STEP = 500;

/** Forgets invitations that were used or have expired, with the address in them; resolves to how many. Reading never relies on it. */
export async function purgeInvitations(now = new Date()): Promise<number> {
  for (let total = 0; ; ) {
    const count = await rows.deleteFinishedInvitations(now, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}

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
