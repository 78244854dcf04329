import { recordEvent } from '@/lib/audit/service';
import { systemActor } from '@/lib/platform/actor';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { processWide } from '@/lib/platform/process-wide';
import { decrypt, encrypt } from '@/lib/platform/secret';
import type { SigningAlgorithm } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import {
  generateJwks,
  importSigningKey,
  importVerificationKey,
  type SigningHandle,
  type VerificationHandle,
} from '../jwt';
import {
  ID_TOKEN_ALGORITHM,
  isPublished,
  type KeySeries,
  kidOf,
  type PublishedKey,
  RETIREMENT_SECONDS,
  SIGNING_PURPOSES,
  type SigningKey,
  type SigningKeyState,
  type SigningPurpose,
} from '../model';
import {
  findKey,
  findKeyInState,
  hasApplication,
  insertKey,
  listKeys,
  listSealedKeys,
  readKeySet,
} from '../repository';

/**
 * A project's signing keys, in a series per purpose. A key starts as `next`, so cached key sets contain it before it signs; it becomes
 * `current`, then `retired`, and stays published while a token signed with it can be valid. Rotation never invalidates
 * tokens; revoking a key invalidates all tokens it signed.
 */
type UsableKey<Handle> = { kid: string; algorithm: SigningAlgorithm; handle: Handle };
export type Signer = UsableKey<SigningHandle>;
export type Verifier = UsableKey<VerificationHandle> & { purpose: SigningPurpose };

/** By key ID. A private key never changes; which key signs is read for every token. */
const signers = processWide('token.signers', () => new BoundedCache<Signer>(100));

/** Cache lifetime of a public key, because another process may revoke it. */
const CACHE_MILLIS = 30_000;
/** `revocations`: this process's revocation count when the key was read. */
type CachedVerifier = { key: Verifier; until: number; revocations: number };
const verifiers = processWide('token.verifiers', () => new BoundedCache<CachedVerifier>(300));

/**
 * The current key with its private part. The first call creates the first keys of the series. `currentKid`: the current
 * key's ID if the caller has just read it.
 */
export async function signingKey(series: KeySeries, currentKid?: string | null): Promise<Signer> {
  const named = currentKid ? signers.get(currentKid) : undefined;
  if (named) return named;
  const current = await ensureCurrentKey(series);
  const { kid, algorithm } = current;
  const known = signers.get(kid);
  if (known) return known;
  const signer = { kid, algorithm, handle: importSigningKey(unseal(current)) };
  signers.set(kid, signer);
  return signer;
}

/** The public part of a key whose signatures for `purpose` the project accepts, or null. */
export async function verificationKey(
  projectId: string,
  kid: string,
  purpose: SigningPurpose = 'access_token',
): Promise<Verifier | null> {
  const found = await cached(`${projectId} ${kid}`, async () => {
    const key = await findKey(projectId, kid);
    return key && !isPastRetirement(key, new Date()) ? toVerifier(key) : null;
  });
  return found?.purpose === purpose ? found : null;
}

/**
 * The public part of a key that signed an ID token, however long ago, or null if it is revoked. Only for hints, which
 * grant nothing: relying parties send ID tokens that have long expired (RP-Initiated Logout §2).
 */
export async function hintKey(projectId: string, kid: string): Promise<Verifier | null> {
  const key = await findKey(projectId, kid);
  return key?.purpose === 'id_token' ? toVerifier(key) : null;
}

async function toVerifier(key: SigningKey): Promise<Verifier | null> {
  if (!isPublished(key)) return null;
  const { kid, purpose, algorithm, publicJwk } = key;
  return { kid, purpose, algorithm, handle: await importVerificationKey(publicJwk, algorithm) };
}

/**
 * The keys in jwks.json: current, next, and those retired within `RETIREMENT_SECONDS`. Those for ID tokens from the
 * first application on: a process of an earlier version, which knows one series, would sign access tokens with them.
 */
export async function publishedKeys(projectId: string): Promise<PublishedKey[]> {
  const { keys, hasApplication: known } = await readKeySet(projectId, retiredAfter(new Date()));
  const missing = await missingSeries(projectId, keys, known);
  if (missing.length === 0) return keys;
  for (const series of missing) await ensureCurrentKey(series);
  return listKeys(projectId, retiredAfter(new Date()));
}

async function missingSeries(projectId: string, keys: PublishedKey[], known: boolean | null): Promise<KeySeries[]> {
  const missing: KeySeries[] = [];
  for (const purpose of SIGNING_PURPOSES) {
    if (keys.some((key) => key.state === 'current' && key.purpose === purpose)) continue;
    if (purpose === 'id_token' && !(known ?? (await hasApplication(projectId)))) continue;
    missing.push({ projectId, purpose });
  }
  return missing;
}

/** The current key. The first call creates the first keys of the series. */
export async function ensureCurrentKey(series: KeySeries): Promise<SigningKey> {
  const existing = await findKeyInState(series, 'current');
  if (existing) return existing;
  await createFirstKeys(series);
  const created = await findKeyInState(series, 'current');
  if (!created) throw new Error(`Project ${series.projectId} has no current key for ${series.purpose}`);
  return created;
}

/** The algorithm of new keys. */
export async function algorithmOf({ projectId, purpose }: KeySeries): Promise<SigningAlgorithm> {
  return purpose === 'id_token' ? ID_TOKEN_ALGORITHM : (await getProject(projectId)).signingAlgorithm;
}

/** Of several concurrent processes one creates them: the key IDs are the same. */
async function createFirstKeys(series: KeySeries): Promise<void> {
  const { projectId } = series;
  const keys = await generateKeys(series, 1, ['current', 'next'], await algorithmOf(series));
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

/** Call outside transactions: key generation is slow. */
export async function generateKeys(
  series: KeySeries,
  firstGeneration: number,
  states: SigningKeyState[],
  algorithm: SigningAlgorithm,
): Promise<SigningKey[]> {
  const now = new Date();
  const pairs = await Promise.all(states.map(() => generateJwks(algorithm)));
  return pairs.map(({ publicJwk, privateJwk }, index) => {
    const kid = kidOf(series, firstGeneration + index);
    const state = states[index] ?? 'next';
    return {
      ...series,
      kid,
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
    log.error('signing key cannot be decrypted: check SIGNET_SECRET', {
      kid: key.kid,
      ...errorFields(cause),
    });
    throw new AppError('internal', { cause });
  }
}

/** Whether SIGNET_SECRET decrypts the project's keys, if it has any. Creates none. */
export async function areKeysReadable(projectId: string): Promise<boolean> {
  const keys = await Promise.all(
    SIGNING_PURPOSES.flatMap((purpose) => [
      findKeyInState({ projectId, purpose }, 'current'),
      findKeyInState({ projectId, purpose }, 'next'),
    ]),
  );
  return keys.every((key) => key === null || isReadable(key));
}

/** Number of keys stored in all projects, and of those that SIGNET_SECRET does not decrypt. */
export async function countUnreadableKeys(): Promise<{ stored: number; unreadable: number }> {
  const keys = await listSealedKeys();
  return { stored: keys.length, unreadable: keys.filter((key) => !isReadable(key)).length };
}

/** Whether SIGNET_SECRET decrypts the key. */
export function isReadable(key: Pick<SigningKey, 'kid' | 'sealedPrivateJwk'>): boolean {
  try {
    decrypt('signing-key', key.sealedPrivateJwk, key.kid);
    return true;
  } catch {
    return false;
  }
}

/** Drops the private key from this process's memory. */
export function forgetSigner(kid: string): void {
  signers.delete(kid);
}

/** A counter, so a read in progress during a revocation is not cached either. */
const revoked = processWide('token.revocations', () => ({ count: 0 }));

/** Invalidates every public key cached by this process. */
export function invalidateVerifiers(): void {
  revoked.count += 1;
}

/** Keys retired before this no longer verify. */
export function retiredAfter(now: Date): Date {
  return new Date(now.getTime() - RETIREMENT_SECONDS * 1000);
}

function isPastRetirement(key: SigningKey, now: Date): boolean {
  return key.retiredAt !== null && key.retiredAt <= retiredAfter(now);
}

async function cached(name: string, load: () => Promise<Verifier | null>): Promise<Verifier | null> {
  const entry = verifiers.get(name);
  const now = Date.now();
  const revocations = revoked.count;
  if (entry && entry.until > now && entry.revocations === revocations) return entry.key;
  const key = await load();
  if (key) verifiers.set(name, { key, until: now + CACHE_MILLIS, revocations });
  return key;
}
