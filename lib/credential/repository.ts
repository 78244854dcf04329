import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { insertInto, insertMany, insertOne } from '@/lib/platform/db/insert-many';
import { withList } from '@/lib/platform/db/list-parameter';
import { all, first, returned, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { readableName } from '@/lib/platform/text';
import { toUnion } from '@/lib/platform/union';
import { CEREMONIES, type Challenge, PASSKEY_ORIGINS, type Passkey } from './model';

type Reader = Db | Tx;

type Row = Omit<Prisma.PasskeyGetPayload<object>, 'signCount'> & { signCount: number | bigint };
const COLUMNS = columnsOf(
  'p',
  `id projectId identityId credentialId publicKey signCount aaguid transports isBackupEligible isBackedUp rpId name
   addedBy addedSessionId addressId createdAt lastUsedAt counterWarnedAt`,
);
const OF_IDENTITY = statement<Row>(
  'passkey.of_identity',
  `SELECT ${COLUMNS} FROM "Passkey" p WHERE p."projectId" = $1 AND p."identityId" = $2 ORDER BY p.id`,
);
const BY_CREDENTIAL_ID = statement<Row>(
  'passkey.by_credential_id',
  `SELECT ${COLUMNS} FROM "Passkey" p WHERE p."credentialId" = $1`,
);

/** Oldest first. */
export async function listPasskeys(projectId: string, identityId: string, reader?: Reader): Promise<Passkey[]> {
  return (await all(OF_IDENTITY, [projectId, identityId], reader)).map(toPasskey);
}

/** Oldest first. */
export async function listPasskeysOfIdentities(projectId: string, identityIds: string[]): Promise<Passkey[]> {
  const rows = await (await db()).passkey.findMany({
    where: { projectId, identityId: { in: identityIds } },
    orderBy: { id: 'asc' },
  });
  return rows.map(toPasskey);
}

const REGISTERED = statement<{ credentialId: string }>(
  'passkey.registered',
  withList((inList) => `SELECT "credentialId" FROM "Passkey" WHERE ${inList('"credentialId"', 1)}`),
);

/** The credential IDs among these that are registered in any project. */
export async function findRegisteredCredentialIds(credentialIds: string[]): Promise<Set<string>> {
  const rows = await all(REGISTERED, [JSON.stringify(credentialIds)]);
  return new Set(rows.map(({ credentialId }) => credentialId));
}

/** Number of identities with at least one passkey; an index-only read. */
export async function countHolders(projectId: string): Promise<number> {
  for (let total = 0, after = ''; ; ) {
    const found = await first(HOLDERS, [projectId, after, HOLDERS_STEP]);
    total += found?.count ?? 0;
    if (!found?.last || found.count < HOLDERS_STEP) return total;
    after = found.last;
  }
}

/** People per statement: SQLite blocks the process while it counts. */
const HOLDERS_STEP = 20_000;
const HOLDERS = statement<{ count: number; last: string | null }>(
  'passkey.count_holders',
  `SELECT count(*) AS count, max(h.id) AS last FROM (
    SELECT DISTINCT p."identityId" AS id FROM "Passkey" p WHERE p."projectId" = $1 AND p."identityId" > $2
    ORDER BY p."identityId" LIMIT $3
  ) h`,
);

const COUNT_OF = statement<{ count: number }>(
  'passkey.count_of',
  withList(
    (inList) => `SELECT count(*) AS count FROM "Passkey" WHERE "projectId" = $1 AND ${inList('"identityId"', 2)}`,
  ),
);

export async function countPasskeysOf(projectId: string, identityIds: string[]): Promise<number> {
  return (await first(COUNT_OF, [projectId, JSON.stringify(identityIds)]))?.count ?? 0;
}

const OF_HOLDER = statement<Row>(
  'passkey.of_holder',
  `SELECT ${COLUMNS} FROM "Passkey" p
   WHERE p."projectId" = $1 AND p."identityId" = $2 AND (p.id = $3 OR p."credentialId" = $3)`,
);

/** `id` is the row ID or the WebAuthn credential ID. */
export async function findPasskey(
  projectId: string,
  identityId: string,
  id: string,
  reader?: Reader,
): Promise<Passkey | null> {
  const row = await first(OF_HOLDER, [projectId, identityId, id], reader);
  return row && toPasskey(row);
}

/** Searches all projects and identities: the caller must check ownership. */
export async function findByCredentialId(credentialId: string, reader?: Reader): Promise<Passkey | null> {
  const row = await first(BY_CREDENTIAL_ID, [credentialId], reader);
  return row && toPasskey(row);
}

const PASSKEYS = insertInto('Passkey', [
  ...(['id', 'projectId', 'identityId', 'credentialId', 'publicKey', 'signCount', 'aaguid', 'transports'] as const),
  ...(['isBackupEligible', 'isBackedUp', 'rpId', 'name', 'addedBy', 'addedSessionId', 'addressId'] as const),
  ...(['createdAt', 'lastUsedAt', 'counterWarnedAt'] as const),
]);

/**
 * All or none. Refuses: `passkey_already_registered`, by the unique index over all identities (WebAuthn L3 §7.1 step
 * 26).
 */
export async function insertPasskeys(tx: Tx, passkeys: Passkey[]): Promise<void> {
  const rows = passkeys.map((passkey) => ({
    ...passkey,
    signCount: Number(passkey.signCount), // 32 bits (WebAuthn L3 §6.1)
    transports: JSON.stringify(passkey.transports),
  }));
  try {
    await insertMany(PASSKEYS, rows, tx);
  } catch (cause) {
    if (isUniqueViolation(cause, 'credentialId')) throw new AppError('passkey_already_registered', { cause });
    throw cause;
  }
}

/** Leaves columns without a value unchanged; none is ever cleared. */
const UPDATE = statement(
  'passkey.update',
  `UPDATE "Passkey" SET "name" = coalesce($3, "name"), "signCount" = coalesce($4, "signCount"),
     "isBackedUp" = coalesce($5, "isBackedUp"), "lastUsedAt" = coalesce($6, "lastUsedAt"),
     "counterWarnedAt" = coalesce($7, "counterWarnedAt")
   WHERE "id" = $1 AND "projectId" = $2`,
);

/** False if the passkey no longer exists. */
export async function updatePasskey(
  tx: Tx,
  { id, projectId }: Passkey,
  data: Partial<Pick<Passkey, 'name' | 'signCount' | 'isBackedUp' | 'lastUsedAt' | 'counterWarnedAt'>>,
): Promise<boolean> {
  const { name = null, signCount = null, isBackedUp = null, lastUsedAt = null, counterWarnedAt = null } = data;
  const count = signCount === null ? null : Number(signCount);
  const values = [id, projectId, name, count, isBackedUp, lastUsedAt, counterWarnedAt];
  return (await run(UPDATE, values, tx)) === 1;
}

/** True if this call removed it. */
export async function deletePasskeyRow(tx: Tx, { id, projectId, identityId }: Passkey): Promise<boolean> {
  return (await tx.passkey.deleteMany({ where: { id, projectId, identityId } })).count === 1;
}

const CHALLENGE_COLUMNS = [
  ...(['id', 'projectId', 'ceremony', 'value', 'browserHash', 'identityId', 'sessionId', 'revocationEpoch'] as const),
  ...(['details', 'createdAt', 'expiresAt'] as const),
];
const CHALLENGES = insertInto('Challenge', CHALLENGE_COLUMNS);
const TAKE_CHALLENGE = statement<Prisma.ChallengeGetPayload<object>>(
  'challenge.take',
  `DELETE FROM "Challenge" WHERE "value" = $1 RETURNING ${CHALLENGE_COLUMNS.map((name) => `"${name}"`).join(', ')}`,
);

export async function insertChallenge(challenge: Challenge): Promise<void> {
  await insertOne(CHALLENGES, challenge);
}

/**
 * Deletes the challenge in its own commit, so exactly one of several concurrent callers gets it. Null if it is unknown
 * or already taken.
 */
export async function takeChallenge(value: string): Promise<Challenge | null> {
  const row = await returned(TAKE_CHALLENGE, [value]);
  if (!row) return null;
  return { ...row, ceremony: toUnion(CEREMONIES, row.ceremony) };
}

/** Removes at most `limit` challenges that expired before `now`. */
export async function deleteExpiredChallenges(now: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.challenge.findMany({
    where: { expiresAt: { lte: now } },
    select: { id: true },
    take: limit,
  });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.challenge.deleteMany({ where: { id: { in: ids } } })).count;
}

function toPasskey(row: Row): Passkey {
  return {
    ...row,
    publicKey: new Uint8Array(row.publicKey), // a Buffer may share its memory with others
    signCount: BigInt(row.signCount),
    name: readableName(row.name, 'Passkey'),
    transports: JSON.parse(row.transports),
    addedBy: toUnion(PASSKEY_ORIGINS, row.addedBy),
  };
}
