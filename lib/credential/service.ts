import { recordEvent } from '@/lib/audit/service';
import { type Guard, guardOperators, type Identity } from '@/lib/identity/model';
import { getIdentity, touchIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import type { SessionProof } from '@/lib/session/model';
import { toCredentialsBlock } from './contract';
import { guardLastSignInMethod, holderOf, type Passkey, type PasskeySignals, toPasskeyName } from './model';
import * as rows from './repository';
import { requireFresh } from './service/fresh';
import { notifyHolder } from './service/notify-owner';

export { countHolders, listPasskeys } from './repository';
export { guardLive } from './service/challenge';
export { beginEnrolment, finishEnrolment, storePasskey } from './service/enrol';
export { isFreshlyProven, mustConfirmByPasskey, requireCodeAllowed, requireFresh } from './service/fresh';
export { beginPasskeyRegistration, finishPasskeyRegistration } from './service/register';
export { beginPasskeySignIn, finishPasskeySignIn, type SignInClient } from './service/sign-in';
export { beginStepUp, finishStepUp } from './service/step-up';
export type { CreationOptions, RequestOptions } from './webauthn';

/** By our id or by WebAuthn's credential id. Refuses: `not_found`, also for another identity's. */
export async function getPasskey(projectId: string, identityId: string, id: string, tx?: Tx): Promise<Passkey> {
  const passkey = await rows.findPasskey(projectId, identityId, id, tx);
  if (!passkey) throw new AppError('not_found');
  return passkey;
}

/**
 * Gives a passkey of an identity another name; whoever it is that may write to the identity.
 * Refuses: `not_found`, `invalid_input` at `/name`, `operator_protected`, and what `guard` throws.
 */
export async function renamePasskey(
  actor: Actor,
  identityId: string,
  id: string,
  typed: string,
  guard?: Guard,
): Promise<Passkey> {
  const name = toPasskeyName(typed);
  return transaction(async (tx) => {
    const { passkey } = await getForWrite(tx, actor, identityId, id, guard);
    if (passkey.name === name) return passkey;
    await touchIdentity(tx, actor.projectId, identityId);
    if (!(await rows.updatePasskey(tx, passkey, { name }))) throw new AppError('not_found');
    await recordEvent(tx, actor, {
      type: 'passkey.renamed',
      identityId,
      details: { passkey_id: passkey.id, before: passkey.name, name },
    });
    return { ...passkey, name };
  });
}

/** Deletes a passkey of one's own. Refuses: `reauthentication_required`, `not_found`, `last_sign_in_method`. */
export async function deleteOwnPasskey(proof: SessionProof, id: string): Promise<void> {
  await requireFresh(proof);
  await deletePasskey(proof.actor, proof.identity.id, id);
}

/**
 * Deletes a passkey of an identity; sessions go on, also those it opened. The last one goes only while sign-in by mail works.
 * Refuses: `not_found`, `operator_protected`, `last_sign_in_method`, and what `guard` throws.
 */
export async function deletePasskey(actor: Actor, identityId: string, id: string, guard?: Guard): Promise<void> {
  const project = await getProject(actor.projectId);
  await transaction(async (tx) => {
    // First the identity's row: of two who delete the last two at once, the second sees what the first left.
    await touchIdentity(tx, project.id, identityId);
    const { identity, passkey } = await getForWrite(tx, actor, identityId, id, guard);
    const all = await rows.listPasskeys(project.id, identityId, tx);
    const others = all.filter((other) => other.id !== passkey.id);
    guardLastSignInMethod(identity, others, project.rpId);
    if (!(await rows.deletePasskeyRow(tx, passkey))) throw new AppError('not_found');
    const details = { passkey_id: passkey.id, name: passkey.name, aaguid: passkey.aaguid };
    await recordEvent(tx, actor, { type: 'passkey.deleted', identityId, details });
    await notifyHolder(tx, identity, 'passkey_deleted', passkey.name);
  });
}

/** Removes passkeys whatever else there is to sign in with, for a reason that the log gives. The caller tells the person. */
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

/**
 * What to tell the browser's Signal API about somebody who is signed in. Passkeys made for an earlier host name are left out,
 * as they belong to another relying party.
 */
export async function getPasskeySignals(project: Project, identity: Identity): Promise<PasskeySignals> {
  const all = await rows.listPasskeys(project.id, identity.id);
  const { userHandle, name, displayName } = holderOf(identity);
  const accepted = all.filter(({ rpId }) => rpId === project.rpId);
  return {
    rpId: project.rpId,
    userId: userHandle,
    allAcceptedCredentialIds: accepted.map(({ credentialId }) => credentialId),
    name,
    displayName,
  };
}

/** The `credentials` of an identity for the admin API; with the public keys only when they were asked for. */
export async function credentialsBlock(identity: Identity, { withConfig }: { withConfig: boolean }) {
  const passkeys = identity.passkeyCount === 0 ? [] : await rows.listPasskeys(identity.projectId, identity.id);
  return toCredentialsBlock(passkeys, withConfig ? identity.userHandle : null);
}

const PURGE_STEP = 500;

/** Removes challenges that nobody answered in time; resolves to how many. Expiry is checked when a challenge is taken. */
export async function purgeChallenges(now = new Date()): Promise<number> {
  for (let total = 0; ; ) {
    const count = await rows.deleteExpiredChallenges(now, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}

async function getForWrite(
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
