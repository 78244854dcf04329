import { findIdentity, touchIdentity } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import type { SessionProof } from '@/lib/session/model';
import { holderOf, type Passkey, provenanceOf } from '../model';
import { listPasskeys } from '../repository';
import { type CreationOptions, verifyRegistration } from '../webauthn';
import { consumeChallenge, guardLive } from './challenge';
import { beginEnrollment, guardPasskeyLimit, storePasskey } from './enroll';
import { requireFresh } from './fresh';
import { logRefusal, recordRefusal } from './refusal';

/**
 * Begins registration for the signed-in identity. A fresh authentication is required here only; finishing within five
 * minutes needs no second check, which would strand an unregistered passkey on the device.
 * Refuses: `reauthentication_required`, `too_many_passkeys`, `rate_limited`.
 */
export async function beginPasskeyRegistration(proof: SessionProof, browserHash: string): Promise<CreationOptions> {
  const { project, identity } = proof;
  await requireFresh(proof);
  const exclude = await listPasskeys(project.id, identity.id);
  guardPasskeyLimit(exclude);
  const enrollment = { holder: holderOf(identity), exclude, address: null };
  return beginEnrollment(project, bindingOf(proof, browserHash), enrollment);
}

/**
 * Adds the passkey under a default name. `response` is the browser's raw response.
 * Refuses: `ceremony_expired`, `passkey_verification_failed`, `inactive_identity`, `passkey_already_registered`,
 * `too_many_passkeys`.
 */
export async function finishPasskeyRegistration(
  proof: SessionProof,
  browserHash: string | null,
  response: unknown,
): Promise<Passkey> {
  const { project, actor, session } = proof;
  return logRefusal('registration', actor.requestId, async () => {
    const challenge = await consumeChallenge(response, bindingOf(proof, browserHash));
    return recordRefusal(actor, { ceremony: 'registration', identityId: proof.identity.id }, async () => {
      const newPasskey = await verifyRegistration(project, challenge.value, response);
      return transaction(async (tx) => {
        // Lock the identity's row first: a concurrent deactivation is either visible here or waits for the commit.
        await touchIdentity(tx, project.id, proof.identity.id);
        const identity = await findIdentity(project.id, proof.identity.id, tx);
        guardLive(identity, challenge);
        return storePasskey(tx, actor, identity, newPasskey, provenanceOf(session), session.userAgent);
      });
    });
  });
}

function bindingOf<Hash extends string | null>(proof: SessionProof, browserHash: Hash) {
  return { projectId: proof.project.id, ceremony: 'registration' as const, browserHash, proof };
}
