import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { isMissingTable, isUniqueViolation } from '@/lib/platform/db/violations';
import { type ClaimedJob, MAX_AHEAD_SECONDS, type QueueState } from './model';

export const PERIODIC = 'periodic';

type NewJob = { id: string; kind: string; projectId: string | null; payload: unknown; now: Date };

export async function insertJob(tx: Tx, { id, kind, projectId, payload, now }: NewJob): Promise<void> {
  const text = payload === undefined ? null : JSON.stringify(payload);
  await tx.job.create({ data: { id, kind, projectId, payload: text, nextAt: now, attempts: 0, createdAt: now } });
}

/** Inserts missing rows of periodic jobs. Concurrent starts may insert the same row: unique violations are ignored. */
export async function insertPeriodic(jobs: Array<{ id: string; nextAt: Date }>, now: Date): Promise<void> {
  const { job } = await db();
  const found = await job.findMany({ where: { id: { in: jobs.map(({ id }) => id) } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  for (const { id, nextAt } of jobs.filter((each) => !known.has(each.id))) {
    try {
      await job.create({ data: { id, kind: PERIODIC, nextAt, attempts: 0, createdAt: now } });
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause;
    }
  }
}

/** Reached, or beyond `MAX_AHEAD_SECONDS`. */
const isReached = (column: 'nextAt' | 'leaseUntil', now: Date) => [
  { [column]: { lte: now } },
  { [column]: { gt: new Date(now.getTime() + MAX_AHEAD_SECONDS * 1000) } },
];

const isFree = (now: Date) =>
  ({ OR: [{ leaseUntil: null }, ...isReached('leaseUntil', now)] }) satisfies Prisma.JobWhereInput;

/** Longest overdue first; with `ids`, only these. */
export async function listDue(kind: string, now: Date, limit: number, ids?: string[]): Promise<JobRow[]> {
  return (await db()).job.findMany({
    where: { kind, AND: [{ OR: isReached('nextAt', now) }, isFree(now)], ...(ids && { id: { in: ids } }) },
    orderBy: { nextAt: 'asc' },
    take: limit,
  });
}

/** Finds a job, due or not. */
export async function findJob(id: string): Promise<JobRow | null> {
  return (await db()).job.findUnique({ where: { id } });
}

/** All queued jobs of a kind, oldest first. */
export async function listQueued(kind: string): Promise<JobRow[]> {
  return (await db()).job.findMany({ where: { kind }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
}

export type JobRow = Prisma.JobGetPayload<object>;

export type NewLease = { owner: string; now: Date; until: Date };

/** Claims a job as it was read; null if another process claimed it first. */
export async function claim(row: JobRow, { owner, now, until }: NewLease): Promise<ClaimedJob | null> {
  const { count } = await (await db()).job.updateMany({
    // Another process may have run it since and set its next time.
    where: { id: row.id, attempts: row.attempts, nextAt: { lte: row.nextAt > now ? row.nextAt : now }, ...isFree(now) },
    data: { leaseOwner: owner, leaseUntil: until, attempts: { increment: 1 } },
  });
  if (count === 0) return null;
  const { id, kind, projectId, payload, attempts, leaseOwner } = row;
  return {
    id,
    kind,
    projectId,
    payload: payload === null ? null : JSON.parse(payload),
    attempts: attempts + 1,
    leaseOwner: owner,
    isTakenOver: leaseOwner !== null,
  };
}

type Held = Pick<ClaimedJob, 'id' | 'leaseOwner'>;

/** False if the lease was lost or the job was deleted. */
export async function renewLease({ id, leaseOwner }: Held, until: Date, reader?: Db | Tx): Promise<boolean> {
  const where = { id, leaseOwner };
  return (await (reader ?? (await db())).job.updateMany({ where, data: { leaseUntil: until } })).count === 1;
}

/** Releases the lease; does nothing if it was lost. */
export async function reschedule({ id, leaseOwner }: Held, nextAt: Date, attempts: number): Promise<void> {
  await (await db()).job.updateMany({
    where: { id, leaseOwner },
    data: { nextAt, attempts, leaseOwner: null, leaseUntil: null },
  });
}

export async function deleteJob({ id, leaseOwner }: Held): Promise<void> {
  await (await db()).job.deleteMany({ where: { id, leaseOwner } });
}

/** Empty in a database that has not been migrated yet. */
export async function readQueueState(): Promise<QueueState> {
  try {
    return await readState();
  } catch (error) {
    if (!isMissingTable(error)) throw error;
    return { waiting: 0, waitingSince: null, failing: [] };
  }
}

async function readState(): Promise<QueueState> {
  const { job } = await db();
  const queued = { kind: { not: PERIODIC } };
  const oldest = await job.findFirst({ where: queued, orderBy: { createdAt: 'asc' } });
  const failing = await job.findMany({
    where: { attempts: { gt: 0 }, leaseOwner: null },
    select: { id: true, attempts: true },
    orderBy: { id: 'asc' },
  });
  return { waiting: await job.count({ where: queued }), waitingSince: oldest?.createdAt ?? null, failing };
}
