import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { getProject } from '@/lib/project/service';
import { generationOf, type SigningKey } from '../model';
import { findKey, findKeyInState, insertKey } from '../repository';
import { mapUniqueViolation, move, planSuccession, succeed } from './rotate';
import { ensureCurrentKey, forgetKeys, makeKeys } from './signing-keys';

const MAX_ATTEMPTS = 10;

/**
 * Distrusts a key for good, because its private part may have got out: it is never published again, and no token that it
 * signed is accepted. In place of the current key the next one signs from now on, in place of the next key another is made.
 * This process refuses its tokens from the answer on; other processes, which remember keys for 30 seconds, after that long.
 * Again: no change. Answers the key that signs now.
 * Refuses: `not_found`, also for another project's; `version_conflict` when somebody else changes the keys again and again.
 */
export async function revokeSigningKey(actor: Actor, kid: string): Promise<SigningKey> {
  for (let tries = 1; ; tries++) {
    try {
      await revokeOnce(actor, kid);
      return await ensureCurrentKey(actor.projectId);
    } catch (error) {
      const isConflict = isAppError(error) && error.code === 'version_conflict';
      if (!isConflict || tries === MAX_ATTEMPTS) throw error;
    } finally {
      forgetKeys(); // also where it is not known whether the database has done it
    }
  }
}

async function revokeOnce(actor: Actor, kid: string): Promise<void> {
  const key = await findKey(actor.projectId, kid);
  if (!key) throw new AppError('not_found', { reason: 'No signing key has this ID' });
  if (key.state === 'revoked') return;
  const now = new Date();
  const replace = await replacementOf(key);
  await mapUniqueViolation(async (tx) => {
    await move(tx, key, 'revoked', now);
    const successor = await replace(tx, now);
    const changes = { '/state': { before: key.state, after: 'revoked' } };
    await recordEvent(tx, actor, { type: 'signing_key.revoked', details: { kid, successor, changes } });
  });
}

/** Puts another key in the place of one that is revoked; answers its id, or null where the place is empty anyway. */
async function replacementOf(key: SigningKey): Promise<(tx: Tx, now: Date) => Promise<string | null>> {
  if (key.state === 'retired') return async () => null;
  const { signingAlgorithm } = await getProject(key.projectId);
  if (key.state === 'current') {
    const next = await findKeyInState(key.projectId, 'next');
    const succession = await planSuccession(key, next, signingAlgorithm);
    return (tx, now) => succeed(tx, succession, now);
  }
  const fresh = await makeKeys(key.projectId, generationOf(key.kid) + 1, ['next'], signingAlgorithm);
  return async (tx) => {
    for (const one of fresh) await insertKey(tx, one);
    return fresh[0]?.kid ?? null;
  };
}
