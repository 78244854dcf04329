import type { Prisma } from '@/generated/sqlite/client';
import type { Identity } from '@/lib/identity/model';
import { IDENTITY_COLUMNS, type IdentityRow, toIdentity } from '@/lib/identity/service';
import { db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { insertInto, insertOne } from '@/lib/platform/db/insert-many';
import { readStale } from '@/lib/platform/db/replica';
import { all, first, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { isForeignKeyViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { toUnion } from '@/lib/platform/union';
import { MAX_SESSIONS, SESSION_METHODS, type Session } from './model';

const SESSIONS = insertInto('Session', [
  ...(['id', 'projectId', 'identityId', 'revocationEpoch', 'method', 'passkeyId', 'isRecovered', 'addressId'] as const),
  ...(['authenticatedAt', 'userAgent', 'address', 'createdAt', 'lastSeenAt', 'expiresAt', 'alertId'] as const),
]);

/** Refuses: `inactive_identity` if the identity was deleted after it was read. */
export async function insertSession(tx: Tx, session: Session): Promise<void> {
  try {
    await insertOne(SESSIONS, session, tx);
  } catch (cause) {
    if (isForeignKeyViolation(cause)) throw new AppError('inactive_identity', { cause });
    throw cause;
  }
}

type Row = Prisma.SessionGetPayload<object>;
const NAMES = `id projectId identityId revocationEpoch method passkeyId isRecovered addressId authenticatedAt userAgent
  address createdAt lastSeenAt expiresAt alertId`;
const COLUMNS = columnsOf('s', NAMES);
const BY_ID = statement<Row>(
  'session.by_id',
  `SELECT ${COLUMNS} FROM "Session" s WHERE s.id = $1 AND s."projectId" = $2`,
);
const OF_IDENTITY = statement<Row>(
  'session.of_identity',
  `SELECT ${COLUMNS} FROM "Session" s WHERE s."identityId" = $1 AND s."projectId" = $2
   ORDER BY s."lastSeenAt" DESC, s.id DESC LIMIT $3`,
);

/** A session of any identity, live or ended. */
export async function findSessionRow(projectId: string, id: string, tx?: Tx): Promise<Session | null> {
  const row = await first(BY_ID, [id, projectId], tx);
  return row && toSession(row);
}

type Prefixed = { [Column in keyof Row as `session_${Column}`]: Row[Column] };
const withIdentity = (identityColumns: string) =>
  `SELECT ${columnsOf('s', NAMES, 'session_')}, ${identityColumns}
   FROM "Session" s JOIN "Identity" i ON i.id = s."identityId" AND i."projectId" = s."projectId"
   WHERE s.id = $1 AND s."projectId" = $2`;
const WITH_IDENTITY = statement<Prefixed & IdentityRow>('session.with_identity', {
  sqlite: withIdentity(IDENTITY_COLUMNS.sqlite),
  postgresql: withIdentity(IDENTITY_COLUMNS.postgresql),
});

/** As `findSessionRow`, with its identity. */
export async function findSessionWithIdentity(
  projectId: string,
  id: string,
): Promise<{ session: Session; identity: Identity } | null> {
  const row = await first(WITH_IDENTITY, [id, projectId]);
  return row && { session: toSession(withoutPrefix(row)), identity: toIdentity(row) };
}

function withoutPrefix(row: Prefixed): Row {
  return {
    id: row.session_id,
    projectId: row.session_projectId,
    identityId: row.session_identityId,
    revocationEpoch: row.session_revocationEpoch,
    method: row.session_method,
    passkeyId: row.session_passkeyId,
    isRecovered: row.session_isRecovered,
    addressId: row.session_addressId,
    authenticatedAt: row.session_authenticatedAt,
    userAgent: row.session_userAgent,
    address: row.session_address,
    createdAt: row.session_createdAt,
    lastSeenAt: row.session_lastSeenAt,
    expiresAt: row.session_expiresAt,
    alertId: row.session_alertId,
  };
}

/** Above `MAX_SESSIONS`: sessions started concurrently may exceed the limit until the next one starts. */
const MAX_LISTED = 2 * MAX_SESSIONS;

/** Most recently seen first. */
export async function listSessionRows(projectId: string, identityId: string): Promise<Session[]> {
  return (await all(OF_IDENTITY, [identityId, projectId, MAX_LISTED])).map(toSession);
}

/** Sessions of a project, newest first; with `before`, those older than that session ID. */
export async function listProjectSessions(projectId: string, before: string | null, limit: number): Promise<Session[]> {
  const rows = await (await db()).session.findMany({
    where: { projectId, ...(before !== null && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(toSession);
}

/** More than any identity has: SQLite requires LIMIT with OFFSET. */
const OLDER = statement<Row>(
  'session.older',
  `SELECT ${COLUMNS} FROM "Session" s WHERE s."projectId" = $1 AND s."identityId" = $2
   ORDER BY s.id DESC LIMIT 1000000 OFFSET $3`,
);

/** All sessions of an identity except the `newest` most recent. */
export async function listOlderSessions(
  tx: Tx,
  projectId: string,
  identityId: string,
  newest: number,
): Promise<Session[]> {
  return (await all(OLDER, [projectId, identityId, newest], tx)).map(toSession);
}

/** Sessions about which an alert was mailed. */
export async function listSessionsOfAlert(
  tx: Tx,
  { id, projectId, identityId }: { id: string; projectId: string; identityId: string },
): Promise<Session[]> {
  const found = await tx.session.findMany({ where: { projectId, identityId, alertId: id } });
  return found.map(toSession);
}

const DELETE = statement(
  'session.delete',
  'DELETE FROM "Session" WHERE "id" = $1 AND "projectId" = $2 AND "identityId" = $3',
);

/** True if this call removed it. */
export async function deleteSession(tx: Tx, { projectId, identityId, id }: Session): Promise<boolean> {
  return (await run(DELETE, [id, projectId, identityId], tx)) === 1;
}

/** Deletes all sessions of an identity except `exceptId`; resolves to their number. */
export async function deleteSessions(
  tx: Tx,
  projectId: string,
  identityId: string,
  exceptId: string | null,
): Promise<number> {
  const others = exceptId === null ? {} : { NOT: { id: exceptId } };
  return (await tx.session.deleteMany({ where: { projectId, identityId, ...others } })).count;
}

const TOUCH = statement(
  'session.touch',
  `UPDATE "Session" SET "lastSeenAt" = $4, "address" = $5
   WHERE "id" = $1 AND "projectId" = $2 AND "lastSeenAt" <= $3`,
);

/** Updates `lastSeenAt` unless it is later than `before`. */
export async function updateLastSeen(
  { projectId, id }: Session,
  seen: { at: Date; before: Date; address: string },
): Promise<boolean> {
  return (await run(TOUCH, [id, projectId, seen.before, seen.at, seen.address])) === 1;
}

type InUse = { now: Date; seenAfter: Date };

/**
 * Unexpired sessions used after `seenAfter`; an index-only read, fast even among a million rows. May be stale, like the
 * other counts.
 */
export async function countInUse(projectId: string, { now, seenAfter }: InUse): Promise<number> {
  const where = { projectId, lastSeenAt: { gt: seenAfter }, expiresAt: { gt: now } };
  return readStale((reader) => reader.session.count({ where }));
}

/** As `countInUse`, for all projects. */
export async function countAllInUse({ now, seenAfter }: InUse): Promise<number> {
  return readStale((reader) =>
    reader.session.count({ where: { lastSeenAt: { gt: seenAfter }, expiresAt: { gt: now } } }),
  );
}

/** Those of `countInUse` that are live: started after `createdAfter`, active identity, same epoch. Reads every row. */
export async function countOpen(projectId: string, createdAfter: Date, { now, seenAfter }: InUse): Promise<number> {
  const where = {
    projectId,
    lastSeenAt: { gt: seenAfter },
    expiresAt: { gt: now },
    createdAt: { gt: createdAfter },
    identity: { state: 'active' },
  };
  const select = { revocationEpoch: true, identity: { select: { revocationEpoch: true } } };
  const rows = await readStale((reader) => reader.session.findMany({ where, select }));
  return rows.filter(({ revocationEpoch, identity }) => revocationEpoch === identity.revocationEpoch).length;
}

const live = (source: string, condition: string) =>
  `SELECT count(*) AS sessions, count(DISTINCT s."identityId") AS people
   FROM ${source} JOIN "Identity" i ON i.id = s."identityId"
   WHERE ${condition} AND s."projectId" = $1 AND s."lastSeenAt" > $3 AND s."createdAt" > $4 AND s."expiresAt" > $5
     AND i.state = 'active' AND i."revocationEpoch" = s."revocationEpoch"`;
const LIVE_OF = statement<LiveCount>('session.count_live_of', {
  sqlite: live('json_each($2) e CROSS JOIN "Session" s ON s."identityId" = e.value', 'true'),
  postgresql: live('"Session" s', 's."identityId" = ANY (ARRAY(SELECT json_array_elements_text($2::json)))'),
});
export type LiveCount = { sessions: number; people: number };

/** The live sessions of these identities: seen and started after these times, unexpired, of the current epoch. */
export async function countLiveOf(
  projectId: string,
  identityIds: string[],
  { now, seenAfter, createdAfter }: InUse & { createdAfter: Date },
  tx?: Tx,
): Promise<LiveCount> {
  const values = [projectId, JSON.stringify(identityIds), seenAfter, createdAfter, now];
  return (await first(LIVE_OF, values, tx)) ?? { sessions: 0, people: 0 };
}

/** IDs of at most `limit` sessions that expired before `now`. */
export async function listExpired(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const found = await tx.session.findMany({ where: { expiresAt: { lte: now } }, select: { id: true }, take: limit });
  return found.map(({ id }) => id);
}

/** Resolves to the number of those that still existed. */
export async function deleteByIds(tx: Tx, ids: string[]): Promise<number> {
  return ids.length === 0 ? 0 : (await tx.session.deleteMany({ where: { id: { in: ids } } })).count;
}

function toSession(row: Row): Session {
  return { ...row, method: toUnion(SESSION_METHODS, row.method) };
}
