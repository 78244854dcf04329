import type { Prisma } from '@/generated/sqlite/client';
import type { ApiCredential } from '@/lib/api-credential/model';
import { API_CREDENTIAL_COLUMNS, type ApiCredentialRow, toApiCredential } from '@/lib/api-credential/service';
import { type Db, db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { insertInto, insertOne } from '@/lib/platform/db/insert-many';
import { all, first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { SIGNING_ALGORITHMS } from '@/lib/project/model';
import {
  ID_TOKEN_ALGORITHM,
  isPublished,
  type KeySeries,
  type PublishedKey,
  SIGNING_KEY_STATES,
  SIGNING_PURPOSES,
  type SigningKey,
  type SigningKeyState,
} from './model';

type KeyRow = Prisma.SigningKeyGetPayload<object>;
const COLUMNS = columnsOf(
  'k',
  'id projectId purpose algorithm publicJwk privateJwk state createdAt activatedAt retiredAt',
);
const KEY = statement<KeyRow>(
  'signing_key.by_kid',
  `SELECT ${COLUMNS} FROM "SigningKey" k WHERE k.id = $1 AND k."projectId" = $2`,
);
const KEY_IN_STATE = statement<KeyRow>(
  'signing_key.in_state',
  `SELECT ${COLUMNS} FROM "SigningKey" k WHERE k."projectId" = $1 AND k.purpose = $2 AND k.state = $3
   ORDER BY k."createdAt" DESC LIMIT 1`,
);
const KEYS = statement<KeyRow & { applications: number }>(
  'signing_key.published',
  `SELECT ${COLUMNS}, (SELECT count(*) FROM (SELECT 1 FROM "Application" a WHERE a."projectId" = $1 LIMIT 1) found)
     AS "applications"
   FROM "SigningKey" k
   WHERE k."projectId" = $1 AND k.state <> 'revoked' AND (k."retiredAt" IS NULL OR k."retiredAt" > $2)
   ORDER BY k.purpose, k.state, k."createdAt" DESC`,
);

export async function findKey(projectId: string, kid: string): Promise<SigningKey | null> {
  const row = await first(KEY, [kid, projectId]);
  return row && toSigningKey(row);
}

export async function findKeyInState(
  { projectId, purpose }: KeySeries,
  state: SigningKeyState,
): Promise<SigningKey | null> {
  const row = await first(KEY_IN_STATE, [projectId, purpose, state]);
  return row && toSigningKey(row);
}

/** Published keys: all except those revoked or retired before `retiredAfter`. */
export async function listKeys(projectId: string, retiredAfter: Date, reader?: Db | Tx): Promise<PublishedKey[]> {
  return (await readKeySet(projectId, retiredAfter, reader)).keys;
}

/** The same, and whether the project has an application, and hence signs ID tokens; null without keys: unknown. */
export async function readKeySet(
  projectId: string,
  retiredAfter: Date,
  reader?: Db | Tx,
): Promise<{ keys: PublishedKey[]; hasApplication: boolean | null }> {
  const rows = await all(KEYS, [projectId, retiredAfter], reader);
  const keys = rows.map(({ applications: _, ...row }) => toSigningKey(row)).filter(isPublished);
  return { keys, hasApplication: rows[0] ? rows[0].applications > 0 : null };
}

/** Series whose current key was activated before `activatedBefore` or has another algorithm than it should. */
export async function findSeriesToRotate(activatedBefore: Date): Promise<KeySeries[]> {
  const other = SIGNING_ALGORITHMS.map((algorithm) => ({
    purpose: 'access_token',
    algorithm: { not: algorithm },
    project: { signingAlgorithm: algorithm },
  }));
  const rows = await (await db()).signingKey.findMany({
    where: {
      state: 'current',
      OR: [
        { activatedAt: { lt: activatedBefore } },
        ...other,
        { purpose: 'id_token', algorithm: { not: ID_TOKEN_ALGORITHM } },
      ],
    },
    select: { projectId: true, purpose: true },
  });
  return rows.map(({ projectId, purpose }) => ({ projectId, purpose: toUnion(SIGNING_PURPOSES, purpose) }));
}

const ANY_APPLICATION = statement<{ id: string }>(
  'signing_key.any_application',
  `SELECT a.id FROM "Application" a WHERE a."projectId" = $1 ORDER BY a.id LIMIT 1`,
);

/** As `readKeySet`. */
export async function hasApplication(projectId: string): Promise<boolean> {
  return (await first(ANY_APPLICATION, [projectId])) !== null;
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

const KEY_IS_TRUSTED = `k.state <> 'revoked' AND (k."retiredAt" IS NULL OR k."retiredAt" > $3)`;
const TRUSTED = statement<{ id: string }>(
  'token.trusted',
  `SELECT k.id FROM "SigningKey" k LEFT JOIN "RevokedToken" r ON r."projectId" = k."projectId" AND r.jti = $4
   WHERE k.id = $1 AND k."projectId" = $2 AND ${KEY_IS_TRUSTED} AND r.jti IS NULL`,
);
const CREDENTIAL = statement<ApiCredentialRow>(
  'token.credential',
  `SELECT ${API_CREDENTIAL_COLUMNS}
   FROM "SigningKey" k JOIN "ApiCredential" c ON c."projectId" = k."projectId" AND c."clientId" = $5
   LEFT JOIN "RevokedToken" r ON r."projectId" = k."projectId" AND r.jti = $4
   WHERE k.id = $1 AND k."projectId" = $2 AND ${KEY_IS_TRUSTED} AND r.jti IS NULL`,
);

/** False if the token is revoked, or its key is revoked, or was retired before `retiredAfter`. */
export async function isTrusted(
  projectId: string,
  { kid, jti }: { kid: string; jti: string },
  retiredAfter: Date,
): Promise<boolean> {
  return (await first(TRUSTED, [kid, projectId, retiredAfter, jti])) !== null;
}

/** The credential that a token was issued to, if it exists and the token is trusted as by `isTrusted`. */
export async function findCredentialOfToken(
  projectId: string,
  { clientId, kid, jti }: { clientId: string; kid: string; jti: string },
  retiredAfter: Date,
): Promise<ApiCredential | null> {
  const row = await first(CREDENTIAL, [kid, projectId, retiredAfter, jti, clientId]);
  return row && toApiCredential(row);
}

const REVOKED_TOKENS = insertInto('RevokedToken', ['projectId', 'jti', 'expiresAt']);

/** Throws a unique violation if the token is already revoked. */
export async function insertRevokedToken(tx: Tx, projectId: string, jti: string, expiresAt: Date): Promise<void> {
  await insertOne(REVOKED_TOKENS, { projectId, jti, expiresAt }, tx);
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

function toSigningKey(row: KeyRow): SigningKey {
  const { id, publicJwk, privateJwk, purpose, algorithm, state, ...rest } = row;
  return {
    ...rest,
    kid: id,
    purpose: toUnion(SIGNING_PURPOSES, purpose),
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
