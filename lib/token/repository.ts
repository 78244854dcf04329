import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { SIGNING_ALGORITHMS } from '@/lib/project/model';
import { isPublished, type PublishedKey, SIGNING_KEY_STATES, type SigningKey, type SigningKeyState } from './model';

export async function findKey(projectId: string, kid: string): Promise<SigningKey | null> {
  const row = await (await db()).signingKey.findUnique({ where: { id: kid, projectId } });
  return row && toSigningKey(row);
}

export async function findKeyInState(projectId: string, state: SigningKeyState): Promise<SigningKey | null> {
  const row = await (await db()).signingKey.findFirst({ where: { projectId, state }, orderBy: { createdAt: 'desc' } });
  return row && toSigningKey(row);
}

/** Published keys: all except those revoked or retired before `retiredAfter`. */
export async function listKeys(projectId: string, retiredAfter: Date, reader?: Db | Tx): Promise<PublishedKey[]> {
  const rows = await (reader ?? (await db())).signingKey.findMany({
    where: { projectId, state: { not: 'revoked' }, OR: [{ retiredAt: null }, { retiredAt: { gt: retiredAfter } }] },
    orderBy: [{ state: 'asc' }, { createdAt: 'desc' }],
  });
  return rows.map(toSigningKey).filter(isPublished);
}

/** Projects whose current key was activated before `activatedBefore` or has another algorithm than the project. */
export async function findProjectsToRotate(activatedBefore: Date): Promise<string[]> {
  const other = SIGNING_ALGORITHMS.map((algorithm) => ({
    algorithm: { not: algorithm },
    project: { signingAlgorithm: algorithm },
  }));
  const rows = await (await db()).signingKey.findMany({
    where: { state: 'current', OR: [{ activatedAt: { lt: activatedBefore } }, ...other] },
    select: { projectId: true },
  });
  return rows.map(({ projectId }) => projectId);
}

export async function insertKey(tx: Tx, key: SigningKey): Promise<void> {
  const { kid, sealedPrivateJwk, publicJwk, ...rest } = key;
  await tx.signingKey.create({
    data: { id: kid, publicJwk: JSON.stringify(publicJwk), privateJwk: sealedPrivateJwk, ...rest },
  });
}

export type LaterState = Exclude<SigningKeyState, 'next'>;

/** True if the key was still in `key.state`: exactly one of several concurrent callers succeeds. */
export async function updateKeyState(tx: Tx, key: SigningKey, to: LaterState, now: Date): Promise<boolean> {
  const { count } = await tx.signingKey.updateMany({
    where: { id: key.kid, projectId: key.projectId, state: key.state },
    data: { state: to, ...(to === 'current' ? { activatedAt: now } : { retiredAt: key.retiredAt ?? now }) },
  });
  return count === 1;
}

/** A single primary-key lookup. */
export async function isRevoked(projectId: string, jti: string): Promise<boolean> {
  const where = { projectId_jti: { projectId, jti } };
  return (await (await db()).revokedToken.findUnique({ where })) !== null;
}

/** Throws a unique violation if the token is already revoked. */
export async function insertRevokedToken(tx: Tx, projectId: string, jti: string, expiresAt: Date): Promise<void> {
  await tx.revokedToken.create({ data: { projectId, jti, expiresAt } });
}

export async function deleteRevokedTokens(expiredBefore: Date, limit: number): Promise<number> {
  const { revokedToken } = await db();
  const rows = await revokedToken.findMany({
    where: { expiresAt: { lt: expiredBefore } },
    select: { projectId: true, jti: true },
    take: limit,
  });
  return rows.length === 0 ? 0 : (await revokedToken.deleteMany({ where: { OR: rows } })).count;
}

function toSigningKey(row: Prisma.SigningKeyGetPayload<object>): SigningKey {
  const { id, publicJwk, privateJwk, algorithm, state, ...rest } = row;
  return {
    ...rest,
    kid: id,
    algorithm: toUnion(SIGNING_ALGORITHMS, algorithm),
    state: toUnion(SIGNING_KEY_STATES, state),
    publicJwk: JSON.parse(publicJwk),
    sealedPrivateJwk: privateJwk,
  };
}

/** All stored keys, encrypted, of every project and state. Reads only columns that exist since 0.1.0. */
export async function listSealedKeys(): Promise<Array<{ kid: string; projectId: string; sealedPrivateJwk: string }>> {
  const rows = await (await db()).signingKey.findMany({ select: { id: true, projectId: true, privateJwk: true } });
  return rows.map(({ id, projectId, privateJwk }) => ({ kid: id, projectId, sealedPrivateJwk: privateJwk }));
}
