import { type Db, db } from '@/lib/platform/db/client';
import { all, first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { type ApiCredential, permissionOf, type SecretPeriod } from './model';
import { API_CREDENTIAL_COLUMNS, type ApiCredentialRow, toApiCredential } from './repository/row';

const MAX_LISTED = 1000;

const BY_CLIENT_ID = statement<ApiCredentialRow>(
  'api_credential.by_client_id',
  `SELECT ${API_CREDENTIAL_COLUMNS} FROM "ApiCredential" c WHERE c."clientId" = $1 AND c."projectId" = $2`,
);

export async function findApiCredential(
  projectId: string,
  clientId: string,
  reader?: Db | Tx,
): Promise<ApiCredential | null> {
  const row = await first(BY_CLIENT_ID, [clientId, projectId], reader);
  return row && toApiCredential(row);
}

export type CredentialFilter = {
  /** True: only revoked ones. False: only others. */
  isRevoked?: boolean;
  /** Only credentials older than this ID. */
  before?: string | undefined;
  /** Only credentials newer than this ID; `limit` keeps the closest. */
  after?: string | undefined;
  limit?: number;
};

/** Newest first, including revoked ones unless filtered. */
export async function listApiCredentials(
  projectId: string,
  { isRevoked, before, after, limit = MAX_LISTED }: CredentialFilter = {},
): Promise<ApiCredential[]> {
  const rows = await (await db()).apiCredential.findMany({
    where: {
      projectId,
      ...(isRevoked !== undefined && { revokedAt: isRevoked ? { not: null } : null }),
      id: { ...(before !== undefined && { lt: before }), ...(after !== undefined && { gt: after }) },
    },
    orderBy: { id: after === undefined ? 'desc' : 'asc' },
    take: limit,
  });
  const credentials = rows.map(toApiCredential);
  return after === undefined ? credentials : credentials.reverse();
}

export async function countApiCredentials(projectId: string): Promise<number> {
  return (await db()).apiCredential.count({ where: { projectId } });
}

/** Credentials that are neither revoked nor expired. */
export async function countUsableCredentials(projectId: string, now = new Date()): Promise<number> {
  return (await db()).apiCredential.count({
    where: { projectId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });
}

const PERIOD = { id: true, name: true, createdAt: true, expiresAt: true, lastUsedAt: true } as const;
const activeAt = (now: Date) => ({ OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

/** Active secrets, newest first. */
export async function listSecretPeriods(
  projectId: string,
  clientId: string,
  now: Date,
  reader?: Db | Tx,
): Promise<SecretPeriod[]> {
  return (reader ?? (await db())).apiCredentialSecret.findMany({
    where: { apiCredential: { projectId, clientId }, ...activeAt(now) },
    orderBy: { id: 'desc' },
    select: PERIOD,
  });
}

/** Active secrets of these credentials, newest first. */
export async function listSecretsOfCredentials(
  projectId: string,
  credentials: readonly ApiCredential[],
  now: Date,
): Promise<Array<SecretPeriod & { apiCredentialId: string }>> {
  return (await db()).apiCredentialSecret.findMany({
    where: { apiCredential: { projectId }, apiCredentialId: { in: credentials.map(({ id }) => id) }, ...activeAt(now) },
    orderBy: { id: 'desc' },
    select: { ...PERIOD, apiCredentialId: true },
  });
}

export type StoredSecret = { id: string; hash: string; lastUsedAt: Date | null };

type WithSecret = { [Column in keyof ApiCredentialRow]: ApiCredentialRow[Column] | null } & {
  secretId: string | null;
  hash: string | null;
  secretUsedAt: Date | null;
  currentKid: string | null;
};
/** One row per active secret; for an unknown client one row too, after the same look-ups. */
const WITH_SECRETS = statement<WithSecret>(
  'api_credential.with_secrets',
  `SELECT ${API_CREDENTIAL_COLUMNS}, s.id AS "secretId", s.hash, s."lastUsedAt" AS "secretUsedAt",
     (SELECT k.id FROM "SigningKey" k
      WHERE k."projectId" = $2 AND k.purpose = 'access_token' AND k.state = 'current'
      ORDER BY k."createdAt" DESC LIMIT 1) AS "currentKid"
   FROM (SELECT 1 AS one) always
   LEFT JOIN "ApiCredential" c ON c."clientId" = $1 AND c."projectId" = $2
   LEFT JOIN "ApiCredentialSecret" s
     ON s."apiCredentialId" = coalesce(c.id, 'none') AND (s."expiresAt" IS NULL OR s."expiresAt" > $3)`,
);

/**
 * A credential and its active secrets, and the ID of the project's current signing key, so that a token request needs one
 * statement. Reads the same for an unknown client, so that timing does not reveal it.
 */
export async function findWithSecrets(
  projectId: string,
  clientId: string,
  now: Date,
): Promise<{ credential: ApiCredential | null; secrets: StoredSecret[]; currentKid: string | null }> {
  const rows = await all(WITH_SECRETS, [clientId, projectId, now]);
  const secrets = rows.flatMap(({ secretId: id, hash, secretUsedAt: lastUsedAt }) =>
    id === null || hash === null ? [] : [{ id, hash, lastUsedAt }],
  );
  const [row] = rows;
  const credential = row && isCredential(row) ? toApiCredential(row) : null;
  return { credential, secrets, currentKid: row?.currentKid ?? null };
}

function isCredential(row: WithSecret): row is WithSecret & ApiCredentialRow {
  return row.id !== null;
}

export async function insertApiCredential(tx: Tx, credential: ApiCredential): Promise<void> {
  await tx.apiCredential.create({ data: { ...credential, ...toLists(credential) } });
}

export async function insertSecret(
  tx: Tx,
  apiCredentialId: string,
  { hash, name, now }: { hash: string; name: string | null; now: Date },
): Promise<void> {
  await tx.apiCredentialSecret.create({
    data: { id: newId(), apiCredentialId, name, hash, createdAt: now, expiresAt: null, lastUsedAt: null },
  });
}

/** Locks the row until the end of the transaction and returns its current state. Null if unknown or revoked. */
export async function lockUnrevoked(
  tx: Tx,
  projectId: string,
  clientId: string,
  now: Date,
): Promise<ApiCredential | null> {
  const where = { projectId, clientId, revokedAt: null };
  const { count } = await tx.apiCredential.updateMany({ where, data: { updatedAt: now } });
  return count === 1 ? findApiCredential(projectId, clientId, tx) : null;
}

/** Writes the mutable fields of a credential locked by `lockUnrevoked`. */
export async function updateApiCredentialRow(tx: Tx, credential: ApiCredential): Promise<void> {
  const { id, projectId, name, authMethod, expiresAt, revokedAt } = credential;
  const data = { name, authMethod, ...toLists(credential), expiresAt, revokedAt };
  await tx.apiCredential.updateMany({ where: { id, projectId }, data });
}

/**
 * Sets the expiry of all secrets to `end` unless it is earlier, and deletes expired ones. Resolves to the remaining
 * number.
 */
export async function expireSecrets(tx: Tx, apiCredentialId: string, end: Date, now: Date): Promise<number> {
  await tx.apiCredentialSecret.updateMany({
    where: { apiCredentialId, OR: [{ expiresAt: null }, { expiresAt: { gt: end } }] },
    data: { expiresAt: end },
  });
  await tx.apiCredentialSecret.deleteMany({ where: { apiCredentialId, expiresAt: { lte: now } } });
  return tx.apiCredentialSecret.count({ where: { apiCredentialId } });
}

export async function deleteSecret(tx: Tx, apiCredentialId: string, id: string): Promise<void> {
  await tx.apiCredentialSecret.deleteMany({ where: { id, apiCredentialId } });
}

export async function deleteSecrets(tx: Tx, apiCredentialId: string): Promise<void> {
  await tx.apiCredentialSecret.deleteMany({ where: { apiCredentialId } });
}

/** Records the use unless one after `notSince` is recorded. */
export async function writeLastUse(id: string, address: string, now: Date, notSince: Date): Promise<void> {
  await (await db()).apiCredential.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: notSince } }] },
    data: { lastUsedAt: now, lastUsedAddress: address },
  });
}

/** Records the use of a secret unless one after `notSince` is recorded. */
export async function writeSecretUse(id: string, now: Date, notSince: Date): Promise<void> {
  await (await db()).apiCredentialSecret.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: notSince } }] },
    data: { lastUsedAt: now },
  });
}

/** The list columns, and `permission` for 0.1.0. */
function toLists({ scopes, audiences }: ApiCredential) {
  return {
    scopes: JSON.stringify(scopes),
    permission: permissionOf(scopes),
    audiences: JSON.stringify(audiences),
  };
}
