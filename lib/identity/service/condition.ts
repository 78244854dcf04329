import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { type Guard, guardOperators, type Identity } from '../model';
import { type Preconditions, satisfiesPreconditions } from '../model/precondition';
import { getIdentity } from './get';

/** Conditions that the identity must satisfy when it is written. */
export type WriteCondition = Preconditions & { guard?: Guard | undefined };
export type WriteOptions = WriteCondition & { tx?: Tx };

/**
 * The identity, for a write by this actor. Refuses: `not_found`, `precondition_failed`, `operator_protected`, and what
 * `guard` throws.
 */
export async function getIdentityForWrite(
  tx: Tx,
  actor: Actor,
  id: string,
  condition: WriteCondition = {},
): Promise<Identity> {
  const current = await getIdentity(actor.projectId, id, tx);
  requireCondition(actor, current, condition);
  return current;
}

/** For an identity that was read for this write. Refuses: `precondition_failed`, `operator_protected`, and what `guard` throws. */
export function requireCondition(actor: Actor, current: Identity, { guard, ...preconditions }: WriteCondition): void {
  if (!satisfiesPreconditions(preconditions, current)) throw new AppError('precondition_failed');
  guardOperators(actor, current);
  guard?.(current);
}
