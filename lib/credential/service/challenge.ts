import type { Identity } from '@/lib/identity/model';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { addressKey } from '@/lib/platform/network';
import { isEqualConstantTime, randomToken } from '@/lib/platform/secret';
import { consumeLimits } from '@/lib/rate-limit/service';
import type { SessionProof } from '@/lib/session/model';
import { CEREMONY_SECONDS, type Ceremony, type Challenge } from '../model';
import { insertChallenge, takeChallenge } from '../repository';
import { challengeOf } from '../webauthn/client-data';
import { refused } from '../webauthn/refusal';

/** Binds a challenge to a browser and, with `proof`, to a session. */
export type ChallengeBinding = {
  projectId: string;
  ceremony: Ceremony;
  /** HMAC of the browser's nonce cookie, or null if it sent none. */
  browserHash: string | null;
  proof: Pick<SessionProof, 'session' | 'identity'> | null;
};

const LIMIT_SECONDS = 5 * 60;
/** Each view of the sign-in page requests a challenge, and a whole office may share an address. */
const MAX_PER_ADDRESS = 600;
const MAX_PER_IDENTITY = 60;

/**
 * Issues a challenge: 256 random bits, single-use, valid for one ceremony and five minutes. Each challenge has its own
 * row, so an autofill ceremony and a button ceremony can run in parallel. Without a session, `address` is the rate
 * limit key.
 * Refuses: `rate_limited`.
 */
export async function issueChallenge(
  binding: ChallengeBinding & { browserHash: string },
  address: string | null,
  details?: unknown,
): Promise<string> {
  const { projectId, ceremony, browserHash, proof } = binding;
  await consumeLimits(
    proof
      ? { name: 'ceremony-identity', key: proof.identity.id, max: MAX_PER_IDENTITY, windowSeconds: LIMIT_SECONDS }
      : {
          name: 'ceremony-address',
          key: addressKey(address ?? 'unknown'),
          max: MAX_PER_ADDRESS,
          windowSeconds: LIMIT_SECONDS,
        },
  );
  const now = new Date();
  const value = randomToken(32);
  await insertChallenge({
    id: newId(),
    projectId,
    ceremony,
    value,
    browserHash,
    identityId: proof?.identity.id ?? null,
    sessionId: proof?.session.id ?? null,
    revocationEpoch: proof?.identity.revocationEpoch ?? null,
    details: details === undefined ? null : JSON.stringify(details),
    createdAt: now,
    expiresAt: new Date(now.getTime() + CEREMONY_SECONDS * 1000),
  });
  return value;
}

/**
 * Consumes the challenge of a response before any other check, even if a later one fails: a response is tried once. The
 * challenge must match `binding`.
 * Refuses: `passkey_verification_failed` (no challenge), `ceremony_expired` (unknown, used, expired, or bound
 * elsewhere).
 */
export async function consumeChallenge(response: unknown, binding: ChallengeBinding): Promise<Challenge> {
  const value = challengeOf(response);
  if (value === null) throw refused('malformed_response');
  const challenge = await takeChallenge(value);
  if (!challenge || challenge.expiresAt <= new Date() || !isIssuedTo(challenge, binding))
    throw new AppError('ceremony_expired');
  return challenge;
}

/**
 * Checks that the identity may finish the ceremony. Deactivation ends every pending ceremony, even if the identity has
 * been reactivated. Refuses: `inactive_identity`, `ceremony_expired`.
 */
export function guardLive(identity: Identity | null, challenge: Challenge): asserts identity is Identity {
  if (!identity) throw new AppError('ceremony_expired');
  if (identity.state !== 'active') throw new AppError('inactive_identity');
  if (challenge.revocationEpoch !== null && challenge.revocationEpoch !== identity.revocationEpoch)
    throw new AppError('ceremony_expired');
  // A sign-in starts without an identity, so there is no epoch to compare; use the time of the last state change.
  const isReactivated = identity.stateChangedAt > identity.createdAt && identity.stateChangedAt >= challenge.createdAt;
  if (challenge.revocationEpoch === null && isReactivated) throw new AppError('ceremony_expired');
}

function isIssuedTo(challenge: Challenge, { projectId, ceremony, browserHash, proof }: ChallengeBinding): boolean {
  return (
    challenge.projectId === projectId &&
    challenge.ceremony === ceremony &&
    challenge.identityId === (proof?.identity.id ?? null) &&
    challenge.sessionId === (proof?.session.id ?? null) &&
    browserHash !== null &&
    isEqualConstantTime(challenge.browserHash, browserHash)
  );
}
