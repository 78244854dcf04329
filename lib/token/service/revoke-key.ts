import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { generationOf, type SigningKey, seriesOf } from '../model';
import { findKey, findKeyInState, insertKey } from '../repository';
import { changeState, planSuccession, promoteSuccessor, writeKeys } from './rotate';
import { algorithmOf, ensureCurrentKey, forgetSigner, generateKeys, invalidateVerifiers } from './signing-keys';

const MAX_ATTEMPTS = 10;

/**
 * Revokes a possibly compromised key permanently: it is no longer published, and no token signed with it is accepted. A
 * revoked `current` key is replaced by the `next` one, a revoked `next` key by a new one. From its next request, every
 * process refuses the tokens and signs with the current key. Idempotent. Returns the current key of the series.
 * Refuses: `not_found`, also for another project's key; `version_conflict` after repeated concurrent key changes.
 */
export async function revokeSigningKey(actor: Actor, kid: string): Promise<SigningKey> {
  for (let attempt = 1; ; attempt++) {
    try {
      await revokeOnce(actor, kid);
      return await ensureCurrentKey(seriesOf(await getKey(actor.projectId, kid)));
    } catch (error) {
      const isConflict = isAppError(error) && error.code === 'version_conflict';
      if (!isConflict || attempt === MAX_ATTEMPTS) throw error;
    } finally {
      // Also on failure, because the commit may have succeeded.
      invalidateVerifiers();
      forgetSigner(kid);
    }
  }
}

async function getKey(projectId: string, kid: string): Promise<SigningKey> {
  const key = await findKey(projectId, kid);
  if (!key) throw new AppError('not_found', { reason: 'No signing key has this ID' });
  return key;
}

async function revokeOnce(actor: Actor, kid: string): Promise<void> {
  const key = await getKey(actor.projectId, kid);
  if (key.state === 'revoked') return;
  const now = new Date();
  const replace = await replacementOf(key);
  await writeKeys(async (tx) => {
    await changeState(tx, key, 'revoked', now);
    const successor = await replace(tx, now);
    const changes = { '/state': { before: key.state, after: 'revoked' } };
    await recordEvent(tx, actor, { type: 'signing_key.revoked', details: { kid, successor, changes } });
  });
}

/** Prepares the replacement of a key; the returned write resolves to the new key's ID, or null for a retired key. */
async function replacementOf(key: SigningKey): Promise<(tx: Tx, now: Date) => Promise<string | null>> {
  if (key.state === 'retired') return async () => null;
  const algorithm = await algorithmOf(key);
  if (key.state === 'current') {
    const next = await findKeyInState(key, 'next');
    const succession = await planSuccession(key, next, algorithm);
    return (tx, now) => promoteSuccessor(tx, succession, now);
  }
  const fresh = await generateKeys(seriesOf(key), generationOf(key.kid) + 1, ['next'], algorithm);
  return async (tx) => {
    for (const next of fresh) await insertKey(tx, next);
    return fresh[0]?.kid ?? null;
  };
}
