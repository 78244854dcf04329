import { findIdentity, touchIdentity } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import type { SessionProof } from '@/lib/session/model';
import { holderOf, type Passkey, provenanceOf } from '../model';
import { listPasskeys } from '../repository';
import { type CreationOptions, verifyRegistration } from '../webauthn';
import { consumeChallenge, guardLive } from './challenge';
import { beginEnrolment, guardRoom, storePasskey } from './enrol';
import { requireFresh } from './fresh';
import { logRefusal, recordRefusal } from './refusal';

/**
 * Begins adding a passkey to the account one is signed in to. Freshness is asked for here only: who was fresh has five
 * minutes to finish, else a passkey would be left in their device that we do not take.
 * Refuses: `reauthentication_required`, `too_many_passkeys`, `rate_limited`.
 */
export async function beginPasskeyRegistration(proof: SessionProof, browserHash: string): Promise<CreationOptions> {
  const { project, identity } = proof;
  await requireFresh(proof);
  const exclude = await listPasskeys(project.id, identity.id);
  guardRoom(exclude);
  const enrolment = { holder: holderOf(identity), exclude, address: null };
  return beginEnrolment(project, bindingOf(proof, browserHash), enrolment);
}

/**
 * Adds the passkey that the browser made, under a name by its provider. `response` is what the browser gave, unread.
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
      const made = await verifyRegistration(project, challenge.value, response);
      return transaction(async (tx) => {
        // First the identity's row, so that deactivating it comes either before (and is seen here) or after the whole.
        await touchIdentity(tx, project.id, proof.identity.id);
        const identity = await findIdentity(project.id, proof.identity.id, tx);
        guardLive(identity, challenge);
        return storePasskey(tx, actor, identity, made, provenanceOf(session), session.userAgent);
      });
    });
  });
}

function bindingOf<Hash extends string | null>(proof: SessionProof, browserHash: Hash) {
  return { projectId: proof.project.id, ceremony: 'registration' as const, browserHash, proof };
}
