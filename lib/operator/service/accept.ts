import { holderOf, type NewPasskey, type Provenance } from '@/lib/credential/model';
import {
  beginEnrollment,
  type CreationOptions,
  finishEnrollment,
  guardLive,
  listPasskeys,
  storePasskey,
} from '@/lib/credential/service';
import { addressIdOf, type Identity } from '@/lib/identity/model';
import { findIdentity, touchIdentity } from '@/lib/identity/service';
import type { OperatorInvitation } from '@/lib/invitation/model';
import { consumeInvitation, findUsableInvitation } from '@/lib/invitation/service';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { lockOrganization } from '@/lib/project/service';
import { isFresh, type Session, type SessionProof } from '@/lib/session/model';
import { endOtherSessions, openSession } from '@/lib/session/service';
import type { AcceptanceStep } from '../model';
import { grant } from './grant';
import { notifyPromoted, revokePriorAccess } from './promote';

export type Accepted = {
  session: Session;
  identity: Identity;
  /** The organization that the identity is an operator of now. */
  organizationId: string;
};

/**
 * Grants the role of an invitation to an identity signed in with a passkey, if the invitation is for its address.
 * Everything except that passkey is removed (`revokePriorAccess`), and the session continues under a new ID. A higher
 * existing role is kept. Refuses: `invitation_used_or_expired`, `forbidden` (it is for another address),
 * `inactive_identity`, `mailbox_unproven`, `reauthentication_required`, and what `revokePriorAccess` refuses.
 */
export async function acceptInvitation(proof: SessionProof, token: string): Promise<Accepted> {
  return transaction(async (tx) => {
    const { invitation, email, current } = await claim(tx, proof, token);
    const { passkeyId } = proof.session;
    if ((await nextAcceptanceStep({ ...proof, identity: current }, email, tx)) !== 'accept')
      throw new AppError('mailbox_unproven');
    if (passkeyId === null || !isFresh(proof.session)) throw new AppError('reauthentication_required');
    return promote(tx, proof, current, { invitation, email, keptPasskeyId: passkeyId });
  });
}

/**
 * Begins creating the passkey with which an identity signed in by a mailed code accepts. No existing passkey is
 * excluded: all of them are removed, so the authenticator may replace one. Refuses: `invitation_used_or_expired`,
 * `forbidden`, `mailbox_unproven`, `rate_limited`.
 */
export async function beginAcceptance(
  proof: SessionProof,
  browserHash: string,
  token: string,
): Promise<CreationOptions> {
  const { project, identity } = proof;
  const { email } = await requireInvitation(proof, token);
  if (addressIdOf(identity, email) === null) throw wrongAddress();
  if ((await nextAcceptanceStep(proof, email)) !== 'create_passkey') throw new AppError('mailbox_unproven');
  if (!isFresh(proof.session)) throw new AppError('reauthentication_required');
  const enrollment = { holder: holderOf(identity), exclude: [], address: null };
  return beginEnrollment(project, bindingOf(proof, browserHash), enrollment);
}

/** As `acceptInvitation`, with the new passkey. Also refuses: `ceremony_expired`, `passkey_verification_failed`. */
export async function finishAcceptance(
  proof: SessionProof,
  browserHash: string | null,
  { token, response }: { token: string; response: unknown },
): Promise<Accepted> {
  const { project, session } = proof;
  const { challenge, newPasskey } = await finishEnrollment(
    project,
    bindingOf(proof, browserHash),
    proof.actor.requestId,
    response,
  );
  return transaction(async (tx) => {
    const { invitation, email, current } = await claim(tx, proof, token);
    guardLive(current, challenge);
    const step = await nextAcceptanceStep({ ...proof, identity: current }, email, tx);
    if (step !== 'create_passkey') throw new AppError('mailbox_unproven');
    const provenance = { addedBy: 'session', addedSessionId: session.id, addressId: session.addressId } as const;
    return promote(tx, proof, current, { invitation, email, keptPasskeyId: null, added: { newPasskey, provenance } });
  });
}

/**
 * What a session can do with an invitation. It must derive from the mailbox of the invited address and not from a
 * recovery, so that no other party with access to the account gains a role. An operator with a passkey confirms with
 * it: access to the mailbox must not be enough to take over existing roles.
 */
export async function nextAcceptanceStep(
  { project, identity, session }: Omit<SessionProof, 'actor'>,
  email: string,
  tx?: Tx,
): Promise<AcceptanceStep> {
  const address = identity.verifiableAddresses.find(({ value }) => value === email);
  const isProven = address?.verified === true && session.addressId === address.id && !session.isRecovered;
  if (!isProven) return 'prove_mailbox';
  const passkeys = await listPasskeys(project.id, identity.id, tx);
  if (session.passkeyId !== null)
    return passkeys.some(({ id }) => id === session.passkeyId) ? 'accept' : 'prove_mailbox';
  const mustConfirm = identity.operatorRoles.length > 0 && passkeys.some(({ rpId }) => rpId === project.rpId);
  return mustConfirm ? 'accept' : 'create_passkey';
}

type Claimed = { invitation: OperatorInvitation; email: string; current: Identity };

/**
 * The current invitation and identity, both locked: organization first, then identity, the lock order used everywhere.
 */
async function claim(tx: Tx, proof: SessionProof, token: string): Promise<Claimed> {
  const { invitation, email } = await requireInvitation(proof, token, tx);
  const { actor, identity, session } = proof;
  await lockOrganization(tx, invitation.organizationId);
  // Concurrent deletion or change of the identity is serialized with the role.
  await touchIdentity(tx, actor.projectId, identity.id);
  const current = await findIdentity(actor.projectId, identity.id, tx);
  if (current?.state !== 'active') throw new AppError('inactive_identity');
  if (addressIdOf(current, email) === null) throw wrongAddress();
  // A session that has ended since, such as by another promotion, must not accept.
  if (current.revocationEpoch !== session.revocationEpoch) throw new AppError('unauthenticated');
  return { invitation, email, current };
}

type Terms = {
  invitation: OperatorInvitation;
  email: string;
  keptPasskeyId: string | null;
  added?: { newPasskey: NewPasskey; provenance: Provenance };
};

async function promote(tx: Tx, proof: SessionProof, current: Identity, terms: Terms): Promise<Accepted> {
  const { actor, project, session } = proof;
  const { invitation, email, keptPasskeyId, added } = terms;
  await consumeInvitation(tx, invitation);
  const { identity, removals } = await revokePriorAccess(tx, actor, current, { email, keptPasskeyId });
  await grant(tx, actor, identity, invitation, removals);
  const { role, organizationId } = invitation;
  await notifyPromoted(tx, identity, { role, organizationId, removals });
  const passkey =
    added && (await storePasskey(tx, actor, identity, added.newPasskey, added.provenance, session.userAgent));
  await endOtherSessions(proof, { tx });
  const renewed = await openSession(tx, actor, {
    project,
    identity,
    method: 'passkey',
    passkeyId: passkey?.id ?? keptPasskeyId,
    addressId: session.addressId,
    userAgent: session.userAgent,
    address: actor.address ?? session.address,
    replaces: session.id,
  });
  return { session: renewed, identity: (await findIdentity(project.id, identity.id, tx)) ?? identity, organizationId };
}

/** Refuses: `invitation_used_or_expired`, also for another project's and for the first operator's. */
async function requireInvitation(
  { actor }: SessionProof,
  token: string,
  tx?: Tx,
): Promise<{ invitation: OperatorInvitation; email: string }> {
  const invitation = await findUsableInvitation(actor.projectId, token, tx);
  if (!invitation?.email) throw new AppError('invitation_used_or_expired');
  return { invitation, email: invitation.email };
}

function wrongAddress(): AppError {
  return new AppError('forbidden', { reason: 'This invitation is for another email address' });
}

function bindingOf<Hash extends string | null>(proof: SessionProof, browserHash: Hash) {
  return { projectId: proof.project.id, ceremony: 'acceptance' as const, browserHash, proof };
}
