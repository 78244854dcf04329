import type { Prisma } from '@/generated/sqlite/client';
import { ACTOR_KINDS } from '@/lib/audit/model';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { ENDINGS, JOB_IN_STATE, type JobState, type JobWindow, type UndoJob } from './model';

type Reader = Db | Tx;

export async function insertUndoJob(tx: Tx, { leftOut, ...job }: UndoJob): Promise<void> {
  await tx.undoJob.create({ data: { ...job, leftOut: JSON.stringify(leftOut) } });
}

export async function findUndoJob(projectId: string, id: string, reader?: Reader): Promise<UndoJob | null> {
  const row = await (reader ?? (await db())).undoJob.findFirst({ where: { id, projectId } });
  return row && toUndoJob(row);
}

/** The job that undoes each of these jobs, or has: those that ended early do not count. */
export async function findClaims(projectId: string, ids: string[], reader?: Reader): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const client = reader ?? (await db());
  const where = { projectId, claim: { in: ids } };
  const rows = await client.undoJob.findMany({ where, select: { id: true, undoes: true } });
  return new Map(rows.map(({ id, undoes }) => [undoes, id]));
}

/** Newest first. */
export async function listUndoJobs(
  projectId: string,
  states: readonly JobState[] | undefined,
  { before, limit }: JobWindow,
): Promise<UndoJob[]> {
  const rows = await (await db()).undoJob.findMany({
    where: {
      projectId,
      ...(states && { OR: states.map((state) => JOB_IN_STATE[state]) }),
      ...(before !== undefined && { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(toUndoJob);
}

export async function countUnfinished(tx: Tx, projectId: string): Promise<number> {
  return tx.undoJob.count({ where: { projectId, finishedAt: null } });
}

type Progress = Pick<UndoJob, 'position' | 'done' | 'unchanged' | 'leftOut'>;

/** False if the job has been ended. */
export async function updateProgress(tx: Tx, id: string, { leftOut, ...progress }: Progress): Promise<boolean> {
  const { count } = await tx.undoJob.updateMany({
    where: { id, endedBy: null, finishedAt: null },
    data: { ...progress, leftOut: JSON.stringify(leftOut) },
  });
  return count === 1;
}

/** Ends a job before its next event. */
export async function updateEndedBy(
  projectId: string,
  id: string,
  endedBy: NonNullable<UndoJob['endedBy']>,
  reader?: Reader,
): Promise<void> {
  const where = { id, projectId, endedBy: null, finishedAt: null };
  await (reader ?? (await db())).undoJob.updateMany({ where, data: { endedBy } });
}

/** One that ended early gives up its claim, so that another undo can do the rest. */
export async function updateFinished(tx: Tx, id: string, finishedAt: Date): Promise<void> {
  await tx.undoJob.updateMany({ where: { id, endedBy: { not: null } }, data: { claim: null } });
  await tx.undoJob.updateMany({ where: { id, finishedAt: null }, data: { finishedAt, principal: null } });
}

/** Removes at most `limit` jobs that finished before. */
export async function deleteFinishedBefore(time: Date, limit: number): Promise<number> {
  const client = await db();
  const where = { finishedAt: { lt: time } };
  const ids = (await client.undoJob.findMany({ where, select: { id: true }, take: limit })).map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.undoJob.deleteMany({ where: { id: { in: ids } } })).count;
}

function toUndoJob(row: Prisma.UndoJobGetPayload<object>): UndoJob {
  return {
    ...row,
    actorKind: toUnion(ACTOR_KINDS, row.actorKind),
    leftOut: JSON.parse(row.leftOut),
    endedBy: row.endedBy === null ? null : toUnion(ENDINGS, row.endedBy),
  };
}
