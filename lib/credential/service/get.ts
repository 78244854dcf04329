import { type Guard, guardOperators, type Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Passkey } from '../model';
import * as rows from '../repository';

/** By our id or by WebAuthn's credential id. Refuses: `not_found`, also for another identity's. */
export async function getPasskey(projectId: string, identityId: string, id: string, tx?: Tx): Promise<Passkey> {
  const passkey = await rows.findPasskey(projectId, identityId, id, tx);
  if (!passkey) throw new AppError('not_found');
  return passkey;
}

export async function getForWrite(
  tx: Tx,
  actor: Actor,
  identityId: string,
  id: string,
  guard?: Guard,
): Promise<{ identity: Identity; passkey: Passkey }> {
  const identity = await getIdentity(actor.projectId, identityId, tx);
  guardOperators(actor, identity);
  guard?.(identity);
  return { identity, passkey: await getPasskey(actor.projectId, identityId, id, tx) };
}
