import { recordEvent } from '@/lib/audit/service';
import type { Guard, Identity } from '@/lib/identity/model';
import { touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { toStoredUserAgent } from '@/lib/platform/user-agent';
import { getProject } from '@/lib/project/service';
import type { SessionProof } from '@/lib/session/model';
import { guardLastSignInMethod, type Passkey } from '../model';
import { UNDO_SECONDS } from '../model/deletion';
import * as rows from '../repository';
import { insertDeletion } from '../repository/deletion';
import { requireFresh } from './fresh';
import { getPasskeyForWrite } from './get';
import { notifyHolder } from './notify-owner';

/**
 * Deletes a passkey of the signed-in identity. From now on it signs in nowhere; for ten seconds this session can restore
 * it (`undoPasskeyDeletion`), and only then is the deletion recorded and mailed.
 * Refuses: `reauthentication_required`, `not_found`, `last_sign_in_method`.
 */
export async function deleteOwnPasskey(proof: SessionProof, id: string): Promise<void> {
  await requireFresh(proof);
  const { actor, session } = proof;
  await transaction(async (tx) => {
    const { identity, passkey } = await removeRow(tx, actor, proof.identity.id, id);
    const now = new Date();
    await insertDeletion(tx, {
      passkey,
      revocationEpoch: identity.revocationEpoch,
      sessionId: session.id,
      requestId: actor.requestId,
      address: actor.address,
      userAgent: actor.userAgent === undefined ? null : toStoredUserAgent(actor.userAgent),
      createdAt: now,
      dueAt: new Date(now.getTime() + UNDO_SECONDS * 1000),
    });
  });
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
  await transaction(async (tx) => {
    const { identity, passkey } = await removeRow(tx, actor, identityId, id, guard);
    const details = { passkey_id: passkey.id, name: passkey.name, aaguid: passkey.aaguid };
    await recordEvent(tx, actor, { type: 'passkey.deleted', identityId, details });
    await notifyHolder(tx, actor, identity, 'passkey_deleted', passkey.name);
  });
}

async function removeRow(
  tx: Tx,
  actor: Actor,
  identityId: string,
  id: string,
  guard?: Guard,
): Promise<{ identity: Identity; passkey: Passkey }> {
  const project = await getProject(actor.projectId, tx);
  // Lock the identity's row first: of two concurrent deletions of the last two passkeys, the second sees the first.
  await touchIdentity(tx, project.id, identityId);
  const { identity, passkey } = await getPasskeyForWrite(tx, actor, identityId, id, guard);
  const all = await rows.listPasskeys(project.id, identityId, tx);
  const others = all.filter((other) => other.id !== passkey.id);
  guardLastSignInMethod(identity, others, project.rpId);
  if (!(await rows.deletePasskeyRow(tx, passkey))) throw new AppError('not_found');
  return { identity, passkey };
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
