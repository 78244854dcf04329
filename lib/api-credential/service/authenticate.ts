import { errorFields, log } from '@/lib/platform/log';
import { processWide } from '@/lib/platform/process-wide';
import { type ApiCredential, type AuthMethod, stateOf } from '../model';
import { findWithSecrets, type StoredSecret, writeLastUse, writeSecretUse } from '../repository';
import { findMatching } from '../secret';

export type ClientProof = {
  projectId: string;
  clientId: string;
  clientSecret: string;
  /** How they were sent. */
  authMethod: AuthMethod;
};

/** Why not. All but `unknown` are known only to who sent a right secret. */
export type ClientRefusal = { reason: 'unknown' | 'expired' } | { reason: 'method'; registered: AuthMethod };

/**
 * Proves a client by its secret. A wrong secret and an unknown client are the same `unknown`, at the same cost; whether the
 * method is the registered one and the credential still holds is judged, and told, only when the secret is right.
 */
export async function authenticateClient(proof: ClientProof): Promise<ApiCredential | ClientRefusal> {
  const now = new Date();
  const { credential, secrets } = await findWithSecrets(proof.projectId, proof.clientId, now);
  const secret = findMatching(proof.clientSecret, secrets);
  if (!credential || !secret) return { reason: 'unknown' };
  const state = stateOf(credential, now);
  if (state !== 'active') return { reason: state === 'expired' ? 'expired' : 'unknown' };
  if (credential.authMethod !== proof.authMethod) return { reason: 'method', registered: credential.authMethod };
  void rememberSecretUse(secret, now);
  return credential;
}

/**
 * Remembers when and from where a credential was used, once a minute. Bookkeeping, so nobody waits for it and its failure
 * fails no request.
 */
export async function rememberUse(credential: ApiCredential, address: string): Promise<void> {
  const now = new Date();
  await atMostOncePerMinute(credential, now, (notSince) => writeLastUse(credential.id, address, now, notSince));
}

function rememberSecretUse(secret: StoredSecret, now: Date): Promise<void> {
  return atMostOncePerMinute(secret, now, (notSince) => writeSecretUse(secret.id, now, notSince));
}

const MINUTE_MILLIS = 60_000;
const remembering = processWide('api_credential.last_use', () => new Set<string>());

async function atMostOncePerMinute(
  { id, lastUsedAt }: { id: string; lastUsedAt: Date | null },
  now: Date,
  write: (notSince: Date) => Promise<void>,
): Promise<void> {
  const notSince = new Date(now.getTime() - MINUTE_MILLIS);
  if ((lastUsedAt !== null && lastUsedAt > notSince) || remembering.has(id)) return;
  remembering.add(id);
  try {
    await write(notSince);
  } catch (error) {
    log.warn('API credential use not recorded', errorFields(error));
  } finally {
    remembering.delete(id);
  }
}
