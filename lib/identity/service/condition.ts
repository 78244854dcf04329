import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { type Guard, guardOperators, holds, type Identity, type Preconditions } from '../model';
import { getIdentity } from './get';

/** What must hold of the identity as it stands when it is written, else `precondition_failed` (412). */
export type Condition = Preconditions & {
  /** May refuse whom the actor must not reach. */
  guard?: Guard | undefined;
};

/** The identity to be written, once it may be: it exists, is of the expected version, and this actor may touch it. */
export async function getForWrite(
  tx: Tx,
  actor: Actor,
  id: string,
  { guard, ...preconditions }: Condition,
): Promise<Identity> {
  const current = await getIdentity(actor.projectId, id, tx);
  if (!holds(preconditions, current)) throw new AppError('precondition_failed');
  guardOperators(actor, current);
  guard?.(current);
  return current;
}
