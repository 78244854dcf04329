import { recordEvent } from '@/lib/audit/service';
import { requireFresh } from '@/lib/credential/service';
import type { Guard, Identity } from '@/lib/identity/model';
import { getIdentityForWrite, lockIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import type { SessionProof } from '@/lib/session/model';
import * as rows from '../repository';
import { notifyHolder } from './notify-holder';

/** Deletes the codes of the signed-in identity. Refuses: `reauthentication_required`. */
export async function revokeOwnRecoveryCodes(proof: SessionProof): Promise<void> {
  await requireFresh(proof);
  await revokeRecoveryCodes(proof.actor, proof.identity.id);
}

/**
 * Deletes the recovery codes of an identity and mails a notice if any was unused.
 * Refuses: `not_found`, `operator_protected`, and what `guard` throws.
 */
export async function revokeRecoveryCodes(
  actor: Actor,
  identityId: string,
  { guard }: { guard?: Guard } = {},
): Promise<void> {
  await transaction(async (tx) => {
    await lockIdentity(tx, actor.projectId, identityId);
    const identity = await getIdentityForWrite(tx, actor, identityId, { guard });
    if ((await endRecoveryCodes(tx, actor, identity)) === 0) return;
    await notifyHolder(tx, actor, identity, { change: 'revoked', left: 0 });
  });
}

/**
 * Deletes the codes of an identity, in the caller's transaction and without a mail; resolves to how many were usable.
 * `identity`: before its epoch is raised.
 */
export async function endRecoveryCodes(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  why: { reason?: 'promotion' | 'email_change_undone' } = {},
): Promise<number> {
  const { deleted, usable } = await rows.deleteCodes(tx, identity);
  const event = { type: 'recovery_code.revoked' as const, identityId: identity.id, details: { count: usable, ...why } };
  if (deleted > 0) await recordEvent(tx, actor, event);
  return usable;
}
