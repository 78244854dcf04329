import { findIdentity } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Session, SessionProof } from '@/lib/session/model';
import { openSession } from '@/lib/session/service';
import type { AuthenticationResponse } from '../contract';
import { type Challenge, inheritedFrom, type Passkey } from '../model';
import { findByCredentialId, listPasskeys } from '../repository';
import { parseAssertion, type RequestOptions, requestOptions, verifyAssertion } from '../webauthn';
import { refused } from '../webauthn/refusal';
import { consumeChallenge, guardLive, issueChallenge } from './challenge';
import { recordUse } from './record-use';
import { logRefusal, recordRefusal } from './refusal';

/**
 * Begins "Confirm it's you" with a passkey of the signed-in identity.
 * Refuses: `passkey_unknown` (it has none and must use a mailed code), `rate_limited`.
 */
export async function beginPasskeyStepUp(proof: SessionProof, browserHash: string): Promise<RequestOptions> {
  const { project, identity } = proof;
  const all = await listPasskeys(project.id, identity.id);
  const allow = all.filter(({ rpId }) => rpId === project.rpId);
  if (allow.length === 0) throw new AppError('passkey_unknown');
  const challenge = await issueChallenge(bindingOf(proof, browserHash), null);
  return requestOptions(project, challenge, allow);
}

/**
 * Replaces the current session with a fresh one.
 * Refuses: `ceremony_expired`, `passkey_verification_failed` (also for another identity's passkey),
 * `inactive_identity`.
 */
export async function finishPasskeyStepUp(
  proof: SessionProof,
  browserHash: string | null,
  response: unknown,
): Promise<Session> {
  const { project, actor, identity } = proof;
  return logRefusal('step_up', actor.requestId, async () => {
    const challenge = await consumeChallenge(response, bindingOf(proof, browserHash));
    const assertion = await parseAssertion(response);
    const passkey = await findByCredentialId(assertion.id);
    const isOwn = passkey?.projectId === project.id && passkey.identityId === identity.id;
    const event = { ceremony: 'step_up' as const, identityId: identity.id, ...(isOwn && { passkeyId: passkey.id }) };
    return recordRefusal(actor, event, async () => {
      if (!isOwn) throw refused('wrong_user');
      return confirm(proof, challenge, assertion, passkey);
    });
  });
}

async function confirm(
  proof: SessionProof,
  challenge: Challenge,
  assertion: AuthenticationResponse,
  passkey: Passkey,
): Promise<Session> {
  const { project, actor, session } = proof;
  // WebAuthn L3 §7.2 step 6: the user handle is optional here, but must match if present.
  const { userHandle } = assertion.response;
  if (userHandle != null && userHandle !== proof.identity.userHandle) throw refused('wrong_user');
  const use = await verifyAssertion(project, challenge.value, assertion, passkey);
  return transaction(async (tx) => {
    const identity = await findIdentity(project.id, proof.identity.id, tx);
    guardLive(identity, challenge);
    await recordUse(tx, actor, passkey, use);
    return openSession(tx, actor, {
      project,
      identity,
      method: 'passkey',
      passkeyId: passkey.id,
      ...inheritedFrom(passkey),
      userAgent: session.userAgent,
      address: actor.address ?? session.address,
      replaces: session.id,
    });
  });
}

function bindingOf<Hash extends string | null>(proof: SessionProof, browserHash: Hash) {
  return { projectId: proof.project.id, ceremony: 'step_up' as const, browserHash, proof };
}
