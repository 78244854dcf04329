import { recordEvent } from '@/lib/audit/service';
import type { Guard } from '@/lib/identity/model';
import { touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { getProject } from '@/lib/project/service';
import type { SessionProof } from '@/lib/session/model';
import { guardLastSignInMethod, type Passkey } from '../model';
import * as rows from '../repository';
import { requireFresh } from './fresh';
import { getPasskeyForWrite } from './get';
import { notifyHolder } from './notify-owner';

/**
 * Deletes a passkey of the signed-in identity. Refuses: `reauthentication_required`, `not_found`,
 * `last_sign_in_method`.
 */
export async function deleteOwnPasskey(proof: SessionProof, id: string): Promise<void> {
  await requireFresh(proof);
  await deletePasskey(proof.actor, proof.identity.id, id);
}

/**
 * Deletes a passkey of an identity. Sessions continue, including those it opened. The last passkey can be deleted only
 * if sign-in by mail works.
 * Refuses: `not_found`, `operator_protected`, `last_sign_in_method`, and what `guard` throws.
 */
export async function deletePasskey(
  actor: Actor,
  identityId: string,
  id: string,
  { guard }: { guard?: Guard } = {},
): Promise<void> {
  const project = await getProject(actor.projectId);
  await transaction(async (tx) => {
    // Lock the identity's row first: of two concurrent deletions of the last two passkeys, the second sees the first.
    await touchIdentity(tx, project.id, identityId);
    const { identity, passkey } = await getPasskeyForWrite(tx, actor, identityId, id, guard);
    const all = await rows.listPasskeys(project.id, identityId, tx);
    const others = all.filter((other) => other.id !== passkey.id);
    guardLastSignInMethod(identity, others, project.rpId);
    if (!(await rows.deletePasskeyRow(tx, passkey))) throw new AppError('not_found');
    const details = { passkey_id: passkey.id, name: passkey.name, aaguid: passkey.aaguid };
    await recordEvent(tx, actor, { type: 'passkey.deleted', identityId, details });
    await notifyHolder(tx, actor, identity, 'passkey_deleted', passkey.name);
  });
}

/**
 * Removes passkeys without protecting the last sign-in method; events record `reason`. The caller notifies the holder.
 */
export async function removePasskeys(
  tx: Tx,
  actor: Actor,
  passkeys: Passkey[],
  reason: 'promotion' | 'email_change_undone',
): Promise<void> {
  for (const passkey of passkeys) {
    if (!(await rows.deletePasskeyRow(tx, passkey))) continue;
    const { id, identityId, name, aaguid } = passkey;
    const details = { passkey_id: id, name, aaguid, reason };
    await recordEvent(tx, actor, { type: 'passkey.deleted', identityId, details });
  }
}
