import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { isForeignKeyViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { toUnion } from '@/lib/platform/union';
import { MAX_SESSIONS, SESSION_METHODS, type Session } from './model';

/** Refuses: `inactive_identity` if the identity was deleted after it was read. */
export async function insertSession(tx: Tx, session: Session): Promise<void> {
  try {
    await tx.session.create({ data: session });
  } catch (cause) {
    if (isForeignKeyViolation(cause)) throw new AppError('inactive_identity', { cause });
    throw cause;
  }
}

/** A session of any identity, live or ended. */
export async function findSessionRow(projectId: string, id: string, tx?: Tx): Promise<Session | null> {
  const row = await (tx ?? (await db())).session.findFirst({ where: { id, projectId } });
  return row && toSession(row);
}

/** Above `MAX_SESSIONS`: sessions started concurrently may exceed the limit until the next one starts. */
const MAX_LISTED = 2 * MAX_SESSIONS;

/** Most recently seen first. */
export async function listSessionRows(projectId: string, identityId: string): Promise<Session[]> {
  const rows = await (await db()).session.findMany({
    where: { projectId, identityId },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: MAX_LISTED,
  });
  return rows.map(toSession);
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

/** All sessions of an identity except the `newest` most recent. */
export async function listOlderSessions(
  tx: Tx,
  projectId: string,
  identityId: string,
  newest: number,
): Promise<Session[]> {
  const rows = await tx.session.findMany({ where: { projectId, identityId }, orderBy: { id: 'desc' }, skip: newest });
  return rows.map(toSession);
}

/** True if this call removed it. */
export async function deleteSession(tx: Tx, { projectId, identityId, id }: Session): Promise<boolean> {
  return (await tx.session.deleteMany({ where: { id, projectId, identityId } })).count === 1;
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

/** Updates `lastSeenAt` unless it is later than `before`. */
export async function updateLastSeen(
  { projectId, id }: Session,
  seen: { at: Date; before: Date; address: string },
): Promise<boolean> {
  const { count } = await (await db()).session.updateMany({
    where: { id, projectId, lastSeenAt: { lte: seen.before } },
    data: { lastSeenAt: seen.at, address: seen.address },
  });
  return count === 1;
}

type InUse = { now: Date; seenAfter: Date };

/** Unexpired sessions used after `seenAfter`; an index-only read, fast even among a million rows. */
export async function countInUse(projectId: string, { now, seenAfter }: InUse): Promise<number> {
  return (await db()).session.count({
    where: { projectId, lastSeenAt: { gt: seenAfter }, expiresAt: { gt: now } },
  });
}

/** As `countInUse`, for all projects. */
export async function countAllInUse({ now, seenAfter }: InUse): Promise<number> {
  return (await db()).session.count({ where: { lastSeenAt: { gt: seenAfter }, expiresAt: { gt: now } } });
}

/** Those of `countInUse` that are live: started after `createdAfter`, active identity, same epoch. Reads every row. */
export async function countOpen(projectId: string, createdAfter: Date, { now, seenAfter }: InUse): Promise<number> {
  const rows = await (await db()).session.findMany({
    where: {
      projectId,
      lastSeenAt: { gt: seenAfter },
      expiresAt: { gt: now },
      createdAt: { gt: createdAfter },
      identity: { state: 'active' },
    },
    select: { revocationEpoch: true, identity: { select: { revocationEpoch: true } } },
  });
  return rows.filter(({ revocationEpoch, identity }) => revocationEpoch === identity.revocationEpoch).length;
}

/** Removes at most `limit` rows that expired before `now`. */
export async function deleteExpired(now: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.session.findMany({ where: { expiresAt: { lte: now } }, select: { id: true }, take: limit });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.session.deleteMany({ where: { id: { in: ids } } })).count;
}

function toSession(row: Prisma.SessionGetPayload<object>): Session {
  return { ...row, method: toUnion(SESSION_METHODS, row.method) };
}
