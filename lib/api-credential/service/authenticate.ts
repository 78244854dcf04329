import { errorFields, log } from '@/lib/platform/log';
import { processWide } from '@/lib/platform/process-wide';
import { type ApiCredential, type AuthMethod, stateOf } from '../model';
import { findWithSecrets, type StoredSecret, writeLastUse, writeSecretUse } from '../repository';
import { findMatching } from '../secret';

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
  const secret = findMatching(proof.clientSecret, secrets);
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
  await atMostOncePerMinute(credential, now, (notSince) => writeLastUse(credential.id, address, now, notSince));
}

function recordSecretUse(secret: StoredSecret, now: Date): Promise<void> {
  return atMostOncePerMinute(secret, now, (notSince) => writeSecretUse(secret.id, now, notSince));
}

const MINUTE_MILLIS = 60_000;
const pending = processWide('api_credential.last_use', () => new Set<string>());

async function atMostOncePerMinute(
  { id, lastUsedAt }: { id: string; lastUsedAt: Date | null },
  now: Date,
  write: (notSince: Date) => Promise<void>,
): Promise<void> {
  const notSince = new Date(now.getTime() - MINUTE_MILLIS);
  if ((lastUsedAt !== null && lastUsedAt > notSince) || pending.has(id)) return;
  pending.add(id);
  try {
    await write(notSince);
  } catch (error) {
    log.warn('API credential use not recorded', errorFields(error));
  } finally {
    pending.delete(id);
  }
}
