import { findMatchingSecret } from '@/lib/platform/client-secret';
import { recordUse } from '@/lib/platform/last-use';
import { type ApiCredential, type AuthMethod, stateOf } from '../model';
import { findWithSecrets, type StoredSecret, writeLastUse, writeSecretUse } from '../repository';

export type ClientProof = {
  projectId: string;
  clientId: string;
  clientSecret: string;
  /** The method the client used. */
  authMethod: AuthMethod;
};

/** `currentKid`: the project's current signing key when the credential was read; null before the first key. */
export type AuthenticatedClient = ApiCredential & { currentKid: string | null };

/** Why authentication failed. Only a client with a valid secret receives a reason other than `unknown`. */
export type ClientRefusal = { reason: 'unknown' | 'expired' } | { reason: 'method'; registered: AuthMethod };

/**
 * Authenticates a client by its secret. A wrong secret and an unknown client both return `unknown` at the same cost.
 * Method and expiry are checked and reported only for a valid secret.
 */
export async function authenticateClient(proof: ClientProof): Promise<AuthenticatedClient | ClientRefusal> {
  const now = new Date();
  const { credential, secrets, currentKid } = await findWithSecrets(proof.projectId, proof.clientId, now);
  const secret = findMatchingSecret('api-credential', proof.clientSecret, secrets);
  if (!credential || !secret) return { reason: 'unknown' };
  const state = stateOf(credential, now);
  if (state !== 'active') return { reason: state === 'expired' ? 'expired' : 'unknown' };
  if (credential.authMethod !== proof.authMethod) return { reason: 'method', registered: credential.authMethod };
  void recordSecretUse(secret, now);
  return { ...credential, currentKid };
}

/**
 * Records time and address of a credential's use, at most once a minute. Callers do not await it, and its failure fails
 * no request.
 */
export async function recordCredentialUse(credential: ApiCredential, address: string): Promise<void> {
  const now = new Date();
  await recordUse(credential, now, (notSince) => writeLastUse(credential.id, address, now, notSince));
}

function recordSecretUse(secret: StoredSecret, now: Date): Promise<void> {
  return recordUse(secret, now, (notSince) => writeSecretUse(secret.id, now, notSince));
}
