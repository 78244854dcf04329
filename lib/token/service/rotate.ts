import { recordEvent } from '@/lib/audit/service';
import { type Actor, systemActor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import type { SigningAlgorithm } from '@/lib/project/model';
import { changeProject } from '@/lib/project/service';
import {
  accessTokenKeys,
  generationOf,
  MAX_SIGNING_DAYS,
  type SigningKey,
  type SigningKeyState,
  type SigningPurpose,
  seriesOf,
  signsFrom,
} from '../model';
import { findKeyInState, findSeriesToRotate, insertKey, type LaterState, updateKeyState } from '../repository';
import { algorithmOf, ensureCurrentKey, forgetSigner, generateKeys, isReadable } from './signing-keys';

/**
 * Promotes the next key of a series and publishes a new next key. For access tokens, `algorithm` becomes the project's;
 * ID tokens have one of their own. `isUrgent` does so even while clients may cache a key set without the next key; Signet itself accepts all keys immediately. If
 * SIGNET_SECRET has changed, the stored keys cannot be decrypted and are replaced immediately.
 * Refuses: `invalid_input` while clients may cache such a key set, `version_conflict` on a concurrent rotation.
 */
export async function rotateSigningKey(
  actor: Actor,
  { purpose = 'access_token', algorithm, isUrgent = false }: RotateOptions = {},
): Promise<SigningKey> {
  const series = { projectId: actor.projectId, purpose };
  const now = new Date();
  const current = await ensureCurrentKey(series);
  const next = await findKeyInState(series, 'next');
  const signingAlgorithm = (purpose === 'access_token' ? algorithm : undefined) ?? (await algorithmOf(series));
  const isGraceful = next && isReadable(next) && !isUrgent && isReadable(current);
  if (isGraceful && signsFrom(next, current) > now) throw tooEarly(signsFrom(next, current));
  const succession = await planSuccession(current, next, signingAlgorithm);
  await writeKeys(async (tx) => {
    if (purpose === 'access_token') await changeProject(tx, actor, () => ({ signingAlgorithm }));
    await changeState(tx, current, 'retired', now);
    const kid = await promoteSuccessor(tx, succession, now);
    await recordEvent(tx, actor, { type: 'signing_key.rotated', details: { kid, retired: current.kid } });
  });
  forgetSigner(current.kid);
  return ensureCurrentKey(series);
}

type RotateOptions = { purpose?: SigningPurpose; algorithm?: SigningAlgorithm; isUrgent?: boolean };

/** Successors of the current key: `next`, then `fresh`; only `fresh` if `next` is missing or cannot be decrypted. */
export type Succession = { next: SigningKey | null; isReplaced: boolean; fresh: SigningKey[] };

/** Call outside the transaction: key generation is slow. */
export async function planSuccession(
  current: SigningKey,
  next: SigningKey | null,
  algorithm: SigningAlgorithm,
): Promise<Succession> {
  const isReplaced = !next || !isReadable(next);
  const states: SigningKeyState[] = isReplaced ? ['current', 'next'] : ['next'];
  const generation = generationOf((next ?? current).kid) + 1;
  return { next, isReplaced, fresh: await generateKeys(seriesOf(current), generation, states, algorithm) };
}

/** Resolves to the ID of the new current key. */
export async function promoteSuccessor(
  tx: Tx,
  { next, isReplaced, fresh }: Succession,
  now: Date,
): Promise<string | null> {
  if (next) await changeState(tx, next, isReplaced ? 'retired' : 'current', now);
  for (const key of fresh) await insertKey(tx, key);
  return (isReplaced ? fresh[0]?.kid : next?.kid) ?? null;
}

/**
 * Sets the algorithm of a project's access tokens. If keys are in use, a key of this algorithm replaces the next key, and a job
 * promotes it once every cached key set contains it, so no token is refused. Returns when tokens are or may be signed
 * with it.
 * Refuses: `not_found`, `version_conflict` on a concurrent key change.
 */
export async function setSigningAlgorithm(actor: Actor, algorithm: SigningAlgorithm): Promise<{ signsFrom: Date }> {
  const series = accessTokenKeys(actor.projectId);
  const now = new Date();
  const current = await findKeyInState(series, 'current');
  const next = await findKeyInState(series, 'next');
  const isReady = !current || (next?.algorithm === algorithm && isReadable(next));
  const generation = generationOf((next ?? current)?.kid ?? '0') + 1;
  const [fresh] = isReady ? [] : await generateKeys(series, generation, ['next'], algorithm);
  await writeKeys(async (tx) => {
    await changeProject(tx, actor, () => ({ signingAlgorithm: algorithm }));
    if (!fresh) return;
    if (next) await changeState(tx, next, 'retired', now);
    await insertKey(tx, fresh);
    const details = { kids: [fresh.kid], algorithm, retired: next?.kid ?? null };
    await recordEvent(tx, actor, { type: 'signing_key.created', details });
  });
  if (!current) return { signsFrom: now };
  if (current.algorithm === algorithm) return { signsFrom: current.activatedAt ?? now };
  const successor = fresh ?? next;
  return { signsFrom: successor ? signsFrom(successor, current) : now };
}

/**
 * Job: rotates keys older than `MAX_SIGNING_DAYS` and completes pending algorithm changes. Of several processes one
 * succeeds; a rotation that is too early is left to a later run. Resolves to the number of rotated keys.
 */
export async function rotateDueKeys(): Promise<number> {
  const activatedBefore = new Date(Date.now() - MAX_SIGNING_DAYS * 86_400_000);
  let count = 0;
  for (const { projectId, purpose } of await findSeriesToRotate(activatedBefore)) {
    try {
      await rotateSigningKey(systemActor(projectId), { purpose });
      count++;
    } catch (error) {
      const isExpected = isAppError(error) && (error.code === 'invalid_input' || error.code === 'version_conflict');
      if (!isExpected) log.warn('signing key not rotated', { project_id: projectId, purpose, ...errorFields(error) });
    }
  }
  return count;
}

function tooEarly(from: Date): AppError {
  const time = from.toISOString().slice(11, 19);
  return new AppError('invalid_input', {
    reason: `Clients may cache a key set without the next key until ${time} UTC; rotate after that`,
  });
}

/** Key IDs are sequential, so concurrent changes collide. Refuses: `version_conflict` on a unique violation. */
export async function writeKeys(write: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await transaction(write);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('version_conflict', { cause: error });
    throw error;
  }
}

/** Refuses: `version_conflict` if the key has left its state. */
export async function changeState(tx: Tx, key: SigningKey, to: LaterState, now: Date): Promise<void> {
  if (!(await updateKeyState(tx, key, to, now))) throw new AppError('version_conflict');
}
