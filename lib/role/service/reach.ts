import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isAtLeast, isWithinReach, type OperatorRole } from '../model';
import * as rows from '../repository';

/** Refuses: `forbidden` if the actor may not act on the identity (contract 8.1). */
export function guardReach(...[actor, target]: Parameters<typeof isWithinReach>): void {
  if (!isWithinReach(actor, target)) throw new AppError('forbidden');
}

/**
 * An operator manages roles up to their own current role in the organization, and only as an admin or owner. The
 * command line and the system may manage all. Refuses: `forbidden`.
 */
export async function guardOwnRole(tx: Tx, actor: Actor, organizationId: string, roles: OperatorRole[]): Promise<void> {
  if (actor.kind === 'cli' || actor.kind === 'system') return;
  const own = actor.kind === 'operator' && actor.id ? await rows.findAssignment(organizationId, actor.id, tx) : null;
  if (!own || ![...roles, 'admin' as const].every((role) => isAtLeast(own.role, role))) throw new AppError('forbidden');
}
