import { recordEvent } from '@/lib/audit/service';
import { type Actor, systemActor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import type { SigningAlgorithm } from '@/lib/project/model';
import { changeProject, getProject } from '@/lib/project/service';
import { generationOf, MAX_SIGNING_DAYS, type SigningKey, type SigningKeyState, signsFrom } from '../model';
import { findKeyInState, findProjectsToRotate, insertKey, type LaterState, moveKey } from '../repository';
import { ensureCurrentKey, forgetSigner, isReadable, makeKeys } from './signing-keys';

/**
 * Lets the next key sign and publishes a new one after it, of the algorithm asked for, which is the project's from then on.
 * `isUrgent` does so even while programs may keep a key set without the next key; Signet itself knows all keys at once.
 * When SIGNET_SECRET was changed, the stored keys cannot be read; then new ones take their place at once.
 * Refuses: `invalid_input` while programs may still keep such a key set, `version_conflict` when somebody else rotates at the
 * same time.
 */
export async function rotateSigningKey(
  actor: Actor,
  { algorithm, isUrgent = false }: { algorithm?: SigningAlgorithm; isUrgent?: boolean } = {},
): Promise<SigningKey> {
  const { projectId } = actor;
  const now = new Date();
  const current = await ensureCurrentKey(projectId);
  const next = await findKeyInState(projectId, 'next');
  const wanted = algorithm ?? (await getProject(projectId)).signingAlgorithm;
  const isAwaited = next && isReadable(next) && !isUrgent && isReadable(current);
  if (isAwaited && signsFrom(next, current) > now) throw tooEarly(signsFrom(next, current));
  const succession = await planSuccession(current, next, wanted);
  await mapUniqueViolation(async (tx) => {
    await changeProject(tx, actor, () => ({ signingAlgorithm: wanted }));
    await move(tx, current, 'retired', now);
    const kid = await succeed(tx, succession, now);
    await recordEvent(tx, actor, { type: 'signing_key.rotated', details: { kid, retired: current.kid } });
  });
  forgetSigner(projectId);
  return ensureCurrentKey(projectId);
}

/** What comes after a current key: the next one, and `fresh` after it; where it cannot be read, only what is `fresh`. */
export type Succession = { next: SigningKey | null; isReplaced: boolean; fresh: SigningKey[] };

/** Outside of the transaction, because making keys takes its time. */
export async function planSuccession(
  current: SigningKey,
  next: SigningKey | null,
  algorithm: SigningAlgorithm,
): Promise<Succession> {
  const isReplaced = !next || !isReadable(next);
  const states: SigningKeyState[] = isReplaced ? ['current', 'next'] : ['next'];
  const generation = generationOf((next ?? current).kid) + 1;
  return { next, isReplaced, fresh: await makeKeys(current.projectId, generation, states, algorithm) };
}

/** Answers the id of the key that signs from now on. */
export async function succeed(tx: Tx, { next, isReplaced, fresh }: Succession, now: Date): Promise<string | null> {
  if (next) await move(tx, next, isReplaced ? 'retired' : 'current', now);
  for (const key of fresh) await insertKey(tx, key);
  return (isReplaced ? fresh[0]?.kid : next?.kid) ?? null;
}

/**
 * Decides what a project's tokens are signed with. Where keys are in use, one of this algorithm takes the place of the next
 * key, and housekeeping lets it sign as soon as everybody can know it, so that no token is refused anywhere. Answers since or
 * from when tokens may be signed so.
 * Refuses: `not_found`, `version_conflict` when somebody else changes the keys at the same time.
 */
export async function setSigningAlgorithm(actor: Actor, algorithm: SigningAlgorithm): Promise<{ signsFrom: Date }> {
  const { projectId } = actor;
  const now = new Date();
  const current = await findKeyInState(projectId, 'current');
  const next = await findKeyInState(projectId, 'next');
  const isReady = !current || (next?.algorithm === algorithm && isReadable(next));
  const generation = generationOf((next ?? current)?.kid ?? '0') + 1;
  const [fresh] = isReady ? [] : await makeKeys(projectId, generation, ['next'], algorithm);
  await mapUniqueViolation(async (tx) => {
    await changeProject(tx, actor, () => ({ signingAlgorithm: algorithm }));
    if (!fresh) return;
    if (next) await move(tx, next, 'retired', now);
    await insertKey(tx, fresh);
    const details = { kids: [fresh.kid], algorithm, retired: next?.kid ?? null };
    await recordEvent(tx, actor, { type: 'signing_key.created', details });
  });
  if (!current) return { signsFrom: now };
  if (current.algorithm === algorithm) return { signsFrom: current.activatedAt ?? now };
  const following = fresh ?? next;
  return { signsFrom: following ? signsFrom(following, current) : now };
}

/**
 * For housekeeping: replaces the keys that have signed for long enough, and lets a project's chosen algorithm sign once its key
 * is known. Of several processes one succeeds; what is too early is done by a later call. Answers how many keys went.
 */
export async function rotateDueKeys(): Promise<number> {
  const activatedBefore = new Date(Date.now() - MAX_SIGNING_DAYS * 86_400_000);
  let count = 0;
  for (const projectId of await findProjectsToRotate(activatedBefore)) {
    try {
      await rotateSigningKey(systemActor(projectId));
      count++;
    } catch (error) {
      const isAwaited = isAppError(error) && (error.code === 'invalid_input' || error.code === 'version_conflict');
      if (!isAwaited) log.warn('signing key not rotated', { project_id: projectId, ...errorFields(error) });
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

/** The keys' ids follow from their order: of two who change them at the same time one finds the other's. */
export async function mapUniqueViolation(write: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await transaction(write);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('version_conflict', { cause: error });
    throw error;
  }
}

export async function move(tx: Tx, key: SigningKey, to: LaterState, now: Date): Promise<void> {
  if (!(await moveKey(tx, key, to, now))) throw new AppError('version_conflict');
}
