import type { Guard, Identity } from '@/lib/identity/model';
import { getIdentityForWrite } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Passkey } from '../model';
import * as rows from '../repository';

/** `id` is the row ID or the WebAuthn credential ID. Refuses: `not_found`, also for another identity's passkey. */
export async function getPasskey(projectId: string, identityId: string, id: string, tx?: Tx): Promise<Passkey> {
  const passkey = await rows.findPasskey(projectId, identityId, id, tx);
  if (!passkey) throw new AppError('not_found');
  return passkey;
}

/**
 * A passkey and its holder, authorized for a write by this actor. Refuses: `not_found`, and as `getIdentityForWrite`.
 */
export async function getPasskeyForWrite(
  tx: Tx,
  actor: Actor,
  identityId: string,
  id: string,
  guard: Guard | undefined,
): Promise<{ identity: Identity; passkey: Passkey }> {
  const identity = await getIdentityForWrite(tx, actor, identityId, { guard });
  return { identity, passkey: await getPasskey(actor.projectId, identityId, id, tx) };
}
