import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import type { MailKind, MailOutcome, OutboxMail, OutboxState } from './model';

export type NewOutboxMail = Pick<OutboxMail, 'id' | 'projectId' | 'kind' | 'createdAt'> & { payload: string };

export async function insertMail(tx: Tx, { createdAt, ...mail }: NewOutboxMail): Promise<void> {
  await tx.outboxMail.create({ data: { ...mail, createdAt, nextAttemptAt: createdAt, attempts: 0 } });
}

/** Queued, due and not under a live lease. */
const due = (now: Date) =>
  ({
    sentAt: null,
    failedAt: null,
    nextAttemptAt: { lte: now },
    OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }],
  }) satisfies Prisma.OutboxMailWhereInput;

/** IDs of due mails, longest overdue first. */
export async function listDue(now: Date, limit: number): Promise<string[]> {
  const rows = await (await db()).outboxMail.findMany({
    where: due(now),
    orderBy: { nextAttemptAt: 'asc' },
    select: { id: true },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Claims a mail until `until`; null if another process claimed it first. */
export async function claim(id: string, now: Date, until: Date): Promise<OutboxMail | null> {
  const client = await db();
  const { count } = await client.outboxMail.updateMany({
    where: { AND: [{ id }, due(now)] },
    data: { claimedUntil: until, attempts: { increment: 1 } },
  });
  return count === 1 ? client.outboxMail.findUnique({ where: { id }, select: COLUMNS }) : null;
}

/** Renews a claim; false if the lease expired and another process may have the mail. */
export async function renewClaim(id: string, lease: Date, until: Date): Promise<boolean> {
  const { count } = await (await db()).outboxMail.updateMany({
    where: { id, claimedUntil: lease, sentAt: null },
    data: { claimedUntil: until },
  });
  return count === 1;
}

const COLUMNS = { id: true, projectId: true, kind: true, payload: true, attempts: true, createdAt: true } as const;

/** Also after the lease expired: the mail was sent. */
export async function markSent(id: string, now: Date): Promise<void> {
  await (await db()).outboxMail.updateMany({
    where: { id, sentAt: null },
    data: { sentAt: now, failedAt: null, payload: null, claimedUntil: null, lastError: null },
  });
}

/** Schedules a retry, unless the lease expired and another process claimed the mail. */
export async function markRetry(id: string, lease: Date, nextAttemptAt: Date, lastError: string): Promise<void> {
  await (await db()).outboxMail.updateMany({
    where: { id, claimedUntil: lease, sentAt: null },
    data: { nextAttemptAt, claimedUntil: null, lastError },
  });
}

export async function markFailed(id: string, lease: Date, now: Date, lastError: string): Promise<void> {
  await (await db()).outboxMail.updateMany({
    where: { id, claimedUntil: lease, sentAt: null },
    data: { failedAt: now, payload: null, claimedUntil: null, lastError },
  });
}

/** The delivery state of a mail; null if the project has no such mail of this kind, or it was purged. */
export async function findOutcome(projectId: string, id: string, kind: MailKind): Promise<MailOutcome | null> {
  const row = await (await db()).outboxMail.findFirst({ where: { id, projectId, kind } });
  if (!row) return null;
  const state = row.sentAt ? 'sent' : row.failedAt ? 'failed' : 'queued';
  return { state, reason: row.lastError };
}

/** State of the outbox across all projects: queued mails, since when, and those abandoned after `failedSince`. */
export async function readOutboxState(failedSince: Date): Promise<OutboxState> {
  const { outboxMail } = await db();
  const waiting = { sentAt: null, failedAt: null };
  const oldest = await outboxMail.findFirst({ where: waiting, orderBy: { createdAt: 'asc' } });
  const failed = { failedAt: { gt: failedSince } };
  const last = await outboxMail.findFirst({ where: failed, orderBy: { failedAt: 'desc' } });
  return {
    waiting: await outboxMail.count({ where: waiting }),
    waitsSince: oldest?.createdAt ?? null,
    failed: await outboxMail.count({ where: failed }),
    lastError: last?.lastError ?? null,
  };
}

/** All queued mails, encrypted. Reads only columns that 0.1.0 already has. */
export async function listSealedMails(): Promise<Array<{ id: string; payload: string }>> {
  const rows = await (await db()).outboxMail.findMany({
    where: { sentAt: null, failedAt: null, payload: { not: null } },
    select: { id: true, payload: true },
  });
  return rows.flatMap(({ id, payload }) => (payload === null ? [] : [{ id, payload }]));
}

/** Abandons mails but keeps their payload. */
export async function markAbandoned(tx: Tx, ids: string[], now: Date, lastError: string): Promise<void> {
  await tx.outboxMail.updateMany({
    where: { id: { in: ids }, sentAt: null, failedAt: null },
    data: { failedAt: now, claimedUntil: null, lastError },
  });
}

export async function deleteMail(id: string): Promise<void> {
  await (await db()).outboxMail.deleteMany({ where: { id } });
}

/** Deletes at most `limit` mails sent or abandoned before `before`. */
export async function deleteFinished(before: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.outboxMail.findMany({
    where: { OR: [{ sentAt: { lt: before } }, { failedAt: { lt: before } }] },
    select: { id: true },
    take: limit,
  });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.outboxMail.deleteMany({ where: { id: { in: ids } } })).count;
}
