import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { oneOf } from '@/lib/platform/one-of';
import { readableName } from '@/lib/platform/text';
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
  /** Only revoked ones, or only others. */
  isRevoked?: boolean;
  /** Only what is older than the one of this id. */
  before?: string | undefined;
  /** Only what is newer; those next to it. */
  after?: string | undefined;
  limit?: number;
};

/** The newest first; revoked ones too, unless told otherwise. */
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

/** Those that open something: neither revoked nor expired. */
export async function countUsableCredentials(projectId: string, now = new Date()): Promise<number> {
  return (await db()).apiCredential.count({
    where: { projectId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });
}

const PERIOD = { id: true, name: true, createdAt: true, expiresAt: true, lastUsedAt: true } as const;
const holdsAt = (now: Date) => ({ OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

/** The secrets that hold now, the newest first. */
export async function listSecretPeriods(
  projectId: string,
  clientId: string,
  now: Date,
  reader?: Db | Tx,
): Promise<SecretPeriod[]> {
  return (reader ?? (await db())).apiCredentialSecret.findMany({
    where: { apiCredential: { projectId, clientId }, ...holdsAt(now) },
    orderBy: { id: 'desc' },
    select: PERIOD,
  });
}

/** The secrets of these credentials that hold now, the newest first. */
export async function listSecretsOf(
  projectId: string,
  credentials: readonly ApiCredential[],
  now: Date,
): Promise<Array<SecretPeriod & { apiCredentialId: string }>> {
  return (await db()).apiCredentialSecret.findMany({
    where: { apiCredential: { projectId }, apiCredentialId: { in: credentials.map(({ id }) => id) }, ...holdsAt(now) },
    orderBy: { id: 'desc' },
    select: { ...PERIOD, apiCredentialId: true },
  });
}

export type StoredSecret = { id: string; hash: string; lastUsedAt: Date | null };

/**
 * A credential and its secrets that hold now. Two reads whether the client exists or not, so that the time does not tell.
 */
export async function findWithSecrets(
  projectId: string,
  clientId: string,
  now: Date,
): Promise<{ credential: ApiCredential | null; secrets: StoredSecret[] }> {
  const client = await db();
  const credential = await findApiCredential(projectId, clientId, client);
  const secrets = await client.apiCredentialSecret.findMany({
    where: { apiCredentialId: credential?.id ?? 'none', ...holdsAt(now) },
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

/**
 * Locks the row for the rest of the transaction, so that who changes it at the same time waits, and answers it as it is
 * then. Null when there is none or it was revoked.
 */
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

/** Writes what may change of a credential that `lockUnrevoked` answered. */
export async function updateApiCredentialRow(tx: Tx, credential: ApiCredential): Promise<void> {
  const { id, projectId, name, authMethod, expiresAt, revokedAt } = credential;
  const data = { name, authMethod, ...toLists(credential), expiresAt, revokedAt };
  await tx.apiCredential.updateMany({ where: { id, projectId }, data });
}

/**
 * Lets the secrets so far end at `end` unless they end earlier, and deletes those that are over. Answers how many go on
 * until then.
 */
export async function endSecrets(tx: Tx, apiCredentialId: string, end: Date, now: Date): Promise<number> {
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

/** Remembers the use unless one was remembered after `notSince`. */
export async function writeLastUse(id: string, address: string, now: Date, notSince: Date): Promise<void> {
  await (await db()).apiCredential.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: notSince } }] },
    data: { lastUsedAt: now, lastUsedAddress: address },
  });
}

/** Remembers the use of a secret unless one was remembered after `notSince`. */
export async function writeSecretUse(id: string, now: Date, notSince: Date): Promise<void> {
  await (await db()).apiCredentialSecret.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: notSince } }] },
    data: { lastUsedAt: now },
  });
}

/** The columns that hold lists, and the word that 0.1.0 reads. */
function toLists({ scopes, audiences }: ApiCredential) {
  return {
    scopes: JSON.stringify(scopes),
    permission: permissionOf(scopes),
    audiences: JSON.stringify(audiences),
  };
}

/** A stored scope that this version does not know grants nothing. */
function toApiCredential({ permission: _, scopes, ...row }: Prisma.ApiCredentialGetPayload<object>): ApiCredential {
  const stored: unknown[] = JSON.parse(scopes);
  return {
    ...row,
    name: readableName(row.name, row.clientId),
    authMethod: oneOf(AUTH_METHODS, row.authMethod),
    scopes: inOrder(stored.filter(isGrantable)),
    audiences: JSON.parse(row.audiences),
  };
}
