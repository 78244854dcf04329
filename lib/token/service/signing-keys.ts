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
import { generateJwks, importKey, type SigningHandle } from '../jwt';
import {
  isPublished,
  kidOf,
  type PublishedKey,
  RETIREMENT_SECONDS,
  type SigningKey,
  type SigningKeyState,
} from '../model';
import { findKey, findKeyInState, insertKey, listKeys, listSealedKeys } from '../repository';

/**
 * The keys of a project's tokens. A key is `next` first, so that everybody who keeps our key set knows it before it signs;
 * then `current`; then `retired`, and still published while a token signed with it can be valid. No token is ever invalid
 * because keys changed over; only a key that is revoked takes its tokens along.
 */
export type UsableKey = { kid: string; algorithm: SigningAlgorithm; handle: SigningHandle };

/** Another process may rotate or revoke: what is remembered of a key is asked again after this long. */
const CACHE_MILLIS = 30_000;
/** `revocations`: how many keys this process had revoked when the database was asked. */
type Remembered = { key: UsableKey; until: number; revocations: number };
const signers = processWide('token.signers', () => new BoundedCache<Remembered>(100));
const verifiers = processWide('token.verifiers', () => new BoundedCache<Remembered>(300));

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
    if (!key || !isPublished(key) || isForgotten(key, new Date())) return null;
    return usable(key, key.publicJwk);
  });
}

/** What jwks.json shows: current, next, and the retired ones that are not forgotten yet. */
export async function publishedKeys(projectId: string): Promise<PublishedKey[]> {
  await ensureCurrentKey(projectId);
  return listKeys(projectId, retiredAfter(new Date()));
}

/** The key that signs, asked in the database. The first call makes the project's first keys. */
export async function ensureCurrentKey(projectId: string): Promise<SigningKey> {
  const existing = await findKeyInState(projectId, 'current');
  if (existing) return existing;
  await makeFirstKeys(projectId);
  const made = await findKeyInState(projectId, 'current');
  if (!made) throw new Error(`Project ${projectId} has no current signing key`);
  return made;
}

/** Of two processes that do so at once, one makes them: their ids are the same. */
async function makeFirstKeys(projectId: string): Promise<void> {
  const { signingAlgorithm } = await getProject(projectId);
  const keys = await makeKeys(projectId, 1, ['current', 'next'], signingAlgorithm);
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
export async function makeKeys(
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
    log.error('signing key cannot be decrypted: check SIGNET_SECRET', {
      kid: key.kid,
      ...errorFields(cause),
    });
    throw new AppError('internal', { cause });
  }
}

/** Whether the keys of a project, if it has any, can be read with this SIGNET_SECRET. Makes none. */
export async function areKeysReadable(projectId: string): Promise<boolean> {
  const keys = await Promise.all([findKeyInState(projectId, 'current'), findKeyInState(projectId, 'next')]);
  return keys.every((key) => key === null || isReadable(key));
}

/** How many keys are stored in all projects, and how many of them SIGNET_SECRET does not decrypt. */
export async function countUnreadableKeys(): Promise<{ stored: number; unreadable: number }> {
  const keys = await listSealedKeys();
  return { stored: keys.length, unreadable: keys.filter((key) => !isReadable(key)).length };
}

/** Whether SIGNET_SECRET is still the one that the key was stored under. */
export function isReadable(key: Pick<SigningKey, 'kid' | 'sealedPrivateJwk'>): boolean {
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

/** Lets this process ask again which key signs. */
export function forgetSigner(projectId: string): void {
  signers.delete(projectId);
}

/** A counter, so that a read in progress during a revocation is not remembered either. */
const revoked = processWide('token.revocations', () => ({ count: 0 }));

/** Lets this process ask again for every key that it remembers. */
export function forgetKeys(): void {
  revoked.count += 1;
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
  const revocations = revoked.count;
  if (known && known.until > now && known.revocations === revocations) return known.key;
  const key = await load();
  if (key) cache.set(name, { key, until: now + CACHE_MILLIS, revocations });
  return key;
}
