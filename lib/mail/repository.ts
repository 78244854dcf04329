import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import type { MailKind, MailOutcome, OutboxMail, OutboxState } from './model';

export type NewOutboxMail = Pick<OutboxMail, 'id' | 'projectId' | 'kind' | 'createdAt'> & { payload: string };

export async function insertMail(tx: Tx, { createdAt, ...mail }: NewOutboxMail): Promise<void> {
  await tx.outboxMail.create({ data: { ...mail, createdAt, nextAttemptAt: createdAt, attempts: 0 } });
}

/** Waiting, its time has come, and nobody holds it: the lease of a process that died runs out. */
const due = (now: Date) =>
  ({
    sentAt: null,
    failedAt: null,
    nextAttemptAt: { lte: now },
    OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }],
  }) satisfies Prisma.OutboxMailWhereInput;

/** The ids of the mails that wait longest. */
export async function listDue(now: Date, limit: number): Promise<string[]> {
  const rows = await (await db()).outboxMail.findMany({
    where: due(now),
    orderBy: { nextAttemptAt: 'asc' },
    select: { id: true },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Takes a mail for this process until `until`; null when another process was first. */
export async function claim(id: string, now: Date, until: Date): Promise<OutboxMail | null> {
  const client = await db();
  const { count } = await client.outboxMail.updateMany({
    where: { AND: [{ id }, due(now)] },
    data: { claimedUntil: until, attempts: { increment: 1 } },
  });
  return count === 1 ? client.outboxMail.findUnique({ where: { id }, select: COLUMNS }) : null;
}

/** Holds a mail for longer; false when the lease has run out and another process may have it. */
export async function renewClaim(id: string, lease: Date, until: Date): Promise<boolean> {
  const { count } = await (await db()).outboxMail.updateMany({
    where: { id, claimedUntil: lease, sentAt: null },
    data: { claimedUntil: until },
  });
  return count === 1;
}

const COLUMNS = { id: true, projectId: true, kind: true, payload: true, attempts: true, createdAt: true } as const;

/** Sent is sent, even when the lease ran out meanwhile. */
export async function markSent(id: string, now: Date): Promise<void> {
  await (await db()).outboxMail.updateMany({
    where: { id, sentAt: null },
    data: { sentAt: now, failedAt: null, payload: null, claimedUntil: null, lastError: null },
  });
}

/** To be tried again, unless the lease ran out and another process has it now. */
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

/** How a mail of this kind fares, or null: not of this project, or forgotten. */
export async function findOutcome(projectId: string, id: string, kind: MailKind): Promise<MailOutcome | null> {
  const row = await (await db()).outboxMail.findFirst({ where: { id, projectId, kind } });
  if (!row) return null;
  const state = row.sentAt ? 'sent' : row.failedAt ? 'failed' : 'queued';
  return { state, reason: row.lastError };
}

/** How the outbox of all projects fares: what waits, since when, and how many mails were given up lately. */
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

/** What waits, encrypted. Reads what the table of 0.1.0 has already. */
export async function listSealedMails(): Promise<Array<{ id: string; payload: string }>> {
  const rows = await (await db()).outboxMail.findMany({
    where: { sentAt: null, failedAt: null, payload: { not: null } },
    select: { id: true, payload: true },
  });
  return rows.flatMap(({ id, payload }) => (payload === null ? [] : [{ id, payload }]));
}

/** Gives mails up and keeps what is in them. */
export async function markAbandoned(tx: Tx, ids: string[], now: Date, lastError: string): Promise<void> {
  await tx.outboxMail.updateMany({
    where: { id: { in: ids }, sentAt: null, failedAt: null },
    data: { failedAt: now, claimedUntil: null, lastError },
  });
}

export async function deleteMail(id: string): Promise<void> {
  await (await db()).outboxMail.deleteMany({ where: { id } });
}

/** Removes at most `limit` mails that were sent or given up before `before`. */
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
