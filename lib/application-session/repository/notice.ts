import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import type { LogoutDelivery, LogoutNotice, NoticeQueueState } from '../model';

type NewNotice = Pick<LogoutNotice, 'id' | 'projectId' | 'applicationId' | 'createdAt'> & { payload: string };

export async function insertNotices(tx: Tx, notices: NewNotice[]): Promise<void> {
  await tx.logoutNotice.createMany({
    data: notices.map((notice) => ({ ...notice, nextAttemptAt: notice.createdAt, attempts: 0 })),
  });
}

/** Queued, due and not under a live lease. */
const due = (now: Date) =>
  ({
    sentAt: null,
    failedAt: null,
    nextAttemptAt: { lte: now },
    OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }],
  }) satisfies Prisma.LogoutNoticeWhereInput;

/** IDs of due notices, longest overdue first. */
export async function listDueNotices(now: Date, limit: number): Promise<string[]> {
  const rows = await (await db()).logoutNotice.findMany({
    where: due(now),
    orderBy: { nextAttemptAt: 'asc' },
    select: { id: true },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

const COLUMNS = {
  ...{ id: true, projectId: true, applicationId: true, payload: true, attempts: true, createdAt: true },
} as const;

/** Claims a notice until `until`; null if another process claimed it first. */
export async function claimNotice(id: string, now: Date, until: Date): Promise<LogoutNotice | null> {
  const client = await db();
  const { count } = await client.logoutNotice.updateMany({
    where: { AND: [{ id }, due(now)] },
    data: { claimedUntil: until, attempts: { increment: 1 } },
  });
  return count === 1 ? client.logoutNotice.findUnique({ where: { id }, select: COLUMNS }) : null;
}

/** Also after the lease expired: it was sent. */
export async function markNoticeSent(id: string, now: Date): Promise<void> {
  await (await db()).logoutNotice.updateMany({
    where: { id, sentAt: null },
    data: { sentAt: now, failedAt: null, payload: null, claimedUntil: null, lastError: null },
  });
}

/** Schedules a retry, unless the lease expired and another process claimed the notice. */
export async function markNoticeRetry(id: string, lease: Date, nextAttemptAt: Date, lastError: string): Promise<void> {
  await (await db()).logoutNotice.updateMany({
    where: { id, claimedUntil: lease, sentAt: null },
    data: { nextAttemptAt, claimedUntil: null, lastError },
  });
}

/** Abandons a notice. False if the lease expired and another process may have it. */
export async function markNoticeFailed(
  tx: Tx,
  id: string,
  lease: Date,
  { now, lastError }: { now: Date; lastError: string },
): Promise<boolean> {
  const { count } = await tx.logoutNotice.updateMany({
    where: { id, claimedUntil: lease, sentAt: null },
    data: { failedAt: now, payload: null, claimedUntil: null, lastError },
  });
  return count === 1;
}

/** The newest notices of an application. */
export async function listLogoutDeliveries(
  projectId: string,
  applicationId: string,
  limit: number,
): Promise<LogoutDelivery[]> {
  const rows = await (await db()).logoutNotice.findMany({
    where: { projectId, applicationId },
    orderBy: { id: 'desc' },
    select: { id: true, attempts: true, sentAt: true, failedAt: true, lastError: true, createdAt: true },
    take: limit,
  });
  return rows.map(({ id, attempts, sentAt, failedAt, lastError, createdAt }) => ({
    ...{ id, attempts, createdAt, reason: lastError, finishedAt: sentAt ?? failedAt },
    state: sentAt ? 'sent' : failedAt ? 'failed' : 'queued',
  }));
}

/** State of the queue across all projects: waiting notices, since when, and those abandoned after `failedSince`. */
export async function readNoticeQueue(failedSince: Date): Promise<NoticeQueueState> {
  const { logoutNotice } = await db();
  const waiting = { sentAt: null, failedAt: null };
  const failed = { failedAt: { gt: failedSince } };
  const oldest = await logoutNotice.findFirst({ where: waiting, orderBy: { createdAt: 'asc' } });
  const last = await logoutNotice.findFirst({ where: failed, orderBy: { failedAt: 'desc' } });
  return {
    waiting: await logoutNotice.count({ where: waiting }),
    waitsSince: oldest?.createdAt ?? null,
    failed: await logoutNotice.count({ where: failed }),
    lastError: last?.lastError ?? null,
  };
}

/** Deletes at most `limit` notices sent or abandoned before `before`. */
export async function deleteFinishedNotices(before: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.logoutNotice.findMany({
    where: { OR: [{ sentAt: { lt: before } }, { failedAt: { lt: before } }] },
    select: { id: true },
    take: limit,
  });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.logoutNotice.deleteMany({ where: { id: { in: ids } } })).count;
}
