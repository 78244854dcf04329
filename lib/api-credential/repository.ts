import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { readableName } from '@/lib/platform/text';
import { toUnion } from '@/lib/platform/union';
import { type ApiCredential, AUTH_METHODS, inOrder, isGrantable, permissionOf, type SecretPeriod } from './model';

const MAX_LISTED = 1000;

export async function findApiCredential(
  projectId: string,
  clientId: string,
  reader?: Db | Tx,
): Promise<ApiCredential | null> {
  const row = await (reader ?? (await db())).apiCredential.findUnique({ where: { clientId, projectId } });
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

/** A credential and its active secrets. Always two reads, so timing does not reveal whether the client exists. */
export async function findWithSecrets(
  projectId: string,
  clientId: string,
  now: Date,
): Promise<{ credential: ApiCredential | null; secrets: StoredSecret[] }> {
  const client = await db();
  const credential = await findApiCredential(projectId, clientId, client);
  const secrets = await client.apiCredentialSecret.findMany({
    where: { apiCredentialId: credential?.id ?? 'none', ...activeAt(now) },
    select: { id: true, hash: true, lastUsedAt: true },
  });
  return { credential, secrets };
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

/** Stored scopes unknown to this version grant nothing. */
function toApiCredential({ permission: _, scopes, ...row }: Prisma.ApiCredentialGetPayload<object>): ApiCredential {
  const stored: unknown[] = JSON.parse(scopes);
  return {
    ...row,
    name: readableName(row.name, row.clientId),
    authMethod: toUnion(AUTH_METHODS, row.authMethod),
    scopes: inOrder(stored.filter(isGrantable)),
    audiences: JSON.parse(row.audiences),
  };
}
