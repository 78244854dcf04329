import { recordEvent } from '@/lib/audit/service';
import { type Actor, systemActor } from '@/lib/platform/actor';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { decrypt, encrypt } from '@/lib/platform/secret';
import { generateJwks, importKey, type SigningHandle } from '../jwt';
import {
  generationOf,
  KEY_SET_MAX_AGE_SECONDS,
  kidOf,
  RETIREMENT_SECONDS,
  type SigningAlgorithm,
  type SigningKey,
  type SigningKeyState,
} from '../model';
import { findKey, findKeyInState, insertKey, listKeys, moveKey } from '../repository';

/**
 * The keys of a project's tokens. A key is `next` first, so that everybody who keeps our key set knows it before it signs;
 * then `current`; then `retired`, and still published while a token signed with it can be valid. No token is ever invalid
 * because keys changed.
 */
export type UsableKey = { kid: string; algorithm: SigningAlgorithm; handle: SigningHandle };

/** Another process may rotate: what is remembered of a key is asked again after this long. */
const REMEMBERED_MILLIS = 30_000;
type Remembered = { key: UsableKey; until: number };
const signers = new BoundedCache<Remembered>(100);
const verifiers = new BoundedCache<Remembered>(300);

/** The key that signs now, with its private part. The first call makes the project's first keys. */
export async function signingKey(projectId: string): Promise<UsableKey> {
  return remembered(signers, projectId, async () => {
    const current = await ensureCurrentKey(projectId);
    return usable(current, unseal(current));
  });
}

/** The public part of a key that this project may have signed with, or null. */
export async function verificationKey(projectId: string, kid: string): Promise<UsableKey | null> {
  return remembered(verifiers, `${projectId} ${kid}`, async () => {
    const key = await findKey(projectId, kid);
    if (!key || isForgotten(key, new Date())) return null;
    return usable(key, key.publicJwk);
  });
}

/** What jwks.json shows: current, next, and the retired ones that are not forgotten yet. */
export async function publishedKeys(projectId: string): Promise<SigningKey[]> {
  await ensureCurrentKey(projectId);
  return listKeys(projectId, retiredAfter(new Date()));
}

/**
 * Lets the next key sign and publishes a new one after it, of the algorithm asked for (or the same).
 * When SIGNET_SECRET was changed, the stored keys cannot be read; then two new ones take their place at once.
 * Refuses: `invalid_input` while programs may still keep a key set without the next key, `version_conflict` when somebody
 * else rotates at the same time.
 */
export async function rotateSigningKey(actor: Actor, algorithm?: SigningAlgorithm): Promise<SigningKey> {
  const { projectId } = actor;
  const now = new Date();
  const current = await ensureCurrentKey(projectId);
  const next = await findKeyInState(projectId, 'next');
  const newest = next ?? current;
  const wanted = algorithm ?? newest.algorithm;
  const isReplaced = !next || !isReadable(next);
  if (!isReplaced && next.createdAt.getTime() > now.getTime() - KEY_SET_MAX_AGE_SECONDS * 1000) {
    const minutes = KEY_SET_MAX_AGE_SECONDS / 60;
    throw new AppError('invalid_input', {
      reason: `The next key was published less than ${minutes} minutes ago; try again then`,
    });
  }
  const fresh = await makeKeys(
    projectId,
    generationOf(newest.kid) + 1,
    isReplaced ? ['current', 'next'] : ['next'],
    wanted,
  );
  try {
    await transaction(async (tx) => {
      await move(tx, current, 'retired', now);
      if (next) await move(tx, next, isReplaced ? 'retired' : 'current', now);
      for (const key of fresh) await insertKey(tx, key);
      const active = isReplaced ? fresh[0]?.kid : next?.kid;
      await recordEvent(tx, actor, { type: 'signing_key.rotated', details: { kid: active, retired: current.kid } });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('version_conflict', { cause: error });
    throw error;
  }
  signers.delete(projectId);
  return ensureCurrentKey(projectId);
}

async function ensureCurrentKey(projectId: string): Promise<SigningKey> {
  const existing = await findKeyInState(projectId, 'current');
  if (existing) return existing;
  await makeFirstKeys(projectId);
  const made = await findKeyInState(projectId, 'current');
  if (!made) throw new Error(`Project ${projectId} has no current signing key`);
  return made;
}

/** Of two processes that do so at once, one makes them: their ids are the same. */
async function makeFirstKeys(projectId: string): Promise<void> {
  const keys = await makeKeys(projectId, 1, ['current', 'next'], 'ES256');
  try {
    await transaction(async (tx) => {
      for (const key of keys) await insertKey(tx, key);
      const details = { kids: keys.map(({ kid }) => kid) };
      await recordEvent(tx, systemActor(projectId), { type: 'signing_key.created', details });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/** Outside of transactions, because making a key takes its time. */
async function makeKeys(
  projectId: string,
  firstGeneration: number,
  states: SigningKeyState[],
  algorithm: SigningAlgorithm,
): Promise<SigningKey[]> {
  const now = new Date();
  const pairs = await Promise.all(states.map(() => generateJwks(algorithm)));
  return pairs.map(({ publicJwk, privateJwk }, index) => {
    const kid = kidOf(projectId, firstGeneration + index);
    const state = states[index] ?? 'next';
    return {
      kid,
      projectId,
      algorithm,
      state,
      publicJwk,
      sealedPrivateJwk: encrypt('signing-key', JSON.stringify(privateJwk), kid),
      createdAt: now,
      activatedAt: state === 'current' ? now : null,
      retiredAt: null,
    };
  });
}

function unseal(key: SigningKey): Record<string, unknown> {
  try {
    return JSON.parse(decrypt('signing-key', key.sealedPrivateJwk, key.kid));
  } catch (cause) {
    log.error('signing key unreadable: was SIGNET_SECRET changed? `signet signing-key rotate` makes new keys', {
      kid: key.kid,
      ...errorFields(cause),
    });
    throw new AppError('internal', { cause });
  }
}

function isReadable(key: SigningKey): boolean {
  try {
    decrypt('signing-key', key.sealedPrivateJwk, key.kid);
    return true;
  } catch {
    return false;
  }
}

async function usable({ kid, algorithm }: SigningKey, jwk: Record<string, unknown>): Promise<UsableKey> {
  return { kid, algorithm, handle: await importKey(jwk, algorithm) };
}

async function move(tx: Tx, key: SigningKey, to: 'current' | 'retired', now: Date): Promise<void> {
  if (!(await moveKey(tx, key, to, now))) throw new AppError('version_conflict');
}

function retiredAfter(now: Date): Date {
  return new Date(now.getTime() - RETIREMENT_SECONDS * 1000);
}

function isForgotten(key: SigningKey, now: Date): boolean {
  return key.retiredAt !== null && key.retiredAt <= retiredAfter(now);
}

async function remembered<Key extends UsableKey | null>(
  cache: BoundedCache<Remembered>,
  name: string,
  load: () => Promise<Key>,
): Promise<UsableKey | Key> {
  const known = cache.get(name);
  const now = Date.now();
  if (known && known.until > now) return known.key;
  const key = await load();
  if (key) cache.set(name, { key, until: now + REMEMBERED_MILLIS });
  return key;
}
