import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { isForeignKeyViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { oneOf } from '@/lib/platform/one-of';
import { MAX_SESSIONS, SESSION_METHODS, type Session } from './model';

/** Refuses: `inactive_identity` when the identity was deleted since it was read. */
export async function insertSession(tx: Tx, session: Session): Promise<void> {
  try {
    await tx.session.create({ data: session });
  } catch (cause) {
    if (isForeignKeyViolation(cause)) throw new AppError('inactive_identity', { cause });
    throw cause;
  }
}

/** By id, whoever it belongs to and whether it is over or not: rules are the service's. */
export async function findSessionRow(projectId: string, id: string, tx?: Tx): Promise<Session | null> {
  const row = await (tx ?? (await db())).session.findFirst({ where: { id, projectId } });
  return row && toSession(row);
}

/** More than there can be: of sessions that begin at the same time a few may pass the limit, until the next one begins. */
const MAX_LISTED = 2 * MAX_SESSIONS;

/** The last seen first. */
export async function listSessionRows(projectId: string, identityId: string): Promise<Session[]> {
  const rows = await (await db()).session.findMany({
    where: { projectId, identityId },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: MAX_LISTED,
  });
  return rows.map(toSession);
}

/** A project's sessions, the newest first; with `before` those older than the one of that id. */
export async function listProjectSessions(projectId: string, before: string | null, limit: number): Promise<Session[]> {
  const rows = await (await db()).session.findMany({
    where: { projectId, ...(before !== null && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(toSession);
}

/** All of an identity's sessions but the `newest` ones. */
export async function listOlderSessions(
  tx: Tx,
  projectId: string,
  identityId: string,
  newest: number,
): Promise<Session[]> {
  const rows = await tx.session.findMany({ where: { projectId, identityId }, orderBy: { id: 'desc' }, skip: newest });
  return rows.map(toSession);
}

/** True when this call removed it. */
export async function deleteSession(tx: Tx, { projectId, identityId, id }: Session): Promise<boolean> {
  return (await tx.session.deleteMany({ where: { id, projectId, identityId } })).count === 1;
}

/** All of an identity's sessions but `exceptId`; resolves to how many there were. */
export async function deleteSessions(
  tx: Tx,
  projectId: string,
  identityId: string,
  exceptId: string | null,
): Promise<number> {
  const others = exceptId === null ? {} : { NOT: { id: exceptId } };
  return (await tx.session.deleteMany({ where: { projectId, identityId, ...others } })).count;
}

/** Writes a sighting unless somebody wrote a later one than `before`. */
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

/** Sessions that were used since and have not come to their end; from an index alone, so as fast among a million. */
export async function countInUse(projectId: string, { now, seenAfter }: InUse): Promise<number> {
  return (await db()).session.count({
    where: { projectId, lastSeenAt: { gt: seenAfter }, expiresAt: { gt: now } },
  });
}

/** The same of all projects together. */
export async function countAllInUse({ now, seenAfter }: InUse): Promise<number> {
  return (await db()).session.count({ where: { lastSeenAt: { gt: seenAfter }, expiresAt: { gt: now } } });
}

/** Of those, how many began late enough and belong to people who are active and of the session's epoch. For few. */
export async function countOpen(projectId: string, began: Date, { now, seenAfter }: InUse): Promise<number> {
  const rows = await (await db()).session.findMany({
    where: {
      projectId,
      lastSeenAt: { gt: seenAfter },
      expiresAt: { gt: now },
      createdAt: { gt: began },
      identity: { state: 'active' },
    },
    select: { revocationEpoch: true, identity: { select: { revocationEpoch: true } } },
  });
  return rows.filter(({ revocationEpoch, identity }) => revocationEpoch === identity.revocationEpoch).length;
}

/** Removes at most `limit` rows that ended before `now`. */
export async function deleteExpired(now: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.session.findMany({ where: { expiresAt: { lte: now } }, select: { id: true }, take: limit });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.session.deleteMany({ where: { id: { in: ids } } })).count;
}

function toSession(row: Prisma.SessionGetPayload<object>): Session {
  return { ...row, method: oneOf(SESSION_METHODS, row.method) };
}
