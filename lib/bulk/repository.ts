import type { Prisma } from '@/generated/sqlite/client';
import { ACTOR_KINDS } from '@/lib/audit/model';
import { JOB_IN_STATE, type JobState, type JobWindow } from '@/lib/job/model';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { BULK_KINDS, type BulkAction, type BulkKind } from './model';

type Reader = Db | Tx;

export async function insertBulkAction(tx: Tx, { leftOut, ...action }: BulkAction): Promise<void> {
  await tx.bulkAction.create({ data: { ...action, leftOut: JSON.stringify(leftOut) } });
}

export async function findBulkAction(projectId: string, id: string, reader?: Reader): Promise<BulkAction | null> {
  const row = await (reader ?? (await db())).bulkAction.findFirst({ where: { id, projectId } });
  return row && toBulkAction(row);
}

type Filter = { kinds?: BulkKind[] | undefined; states?: readonly JobState[] | undefined };

/** Newest first. */
export async function listBulkActions(
  projectId: string,
  { kinds, states }: Filter,
  { before, limit }: JobWindow,
): Promise<BulkAction[]> {
  const rows = await (await db()).bulkAction.findMany({
    where: {
      projectId,
      ...(kinds && { kind: { in: kinds } }),
      ...(states && { OR: states.map((state) => JOB_IN_STATE[state]) }),
      ...(before !== undefined && { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(toBulkAction);
}

export async function countUnfinished(tx: Tx, projectId: string): Promise<number> {
  return tx.bulkAction.count({ where: { projectId, finishedAt: null } });
}

type Progress = Pick<BulkAction, 'position' | 'done' | 'unchanged' | 'endedSessions' | 'leftOut'>;

/** False if the action has been ended. */
export async function updateProgress(tx: Tx, id: string, { leftOut, ...progress }: Progress): Promise<boolean> {
  const { count } = await tx.bulkAction.updateMany({
    where: { id, endedBy: null, finishedAt: null },
    data: { ...progress, leftOut: JSON.stringify(leftOut) },
  });
  return count === 1;
}

/** Ends an action before its next identity. False if it has finished or was ended before. */
export async function updateEndedBy(
  projectId: string,
  id: string,
  endedBy: NonNullable<BulkAction['endedBy']>,
  tx?: Tx,
): Promise<boolean> {
  const { count } = await (tx ?? (await db())).bulkAction.updateMany({
    where: { id, projectId, endedBy: null, finishedAt: null },
    data: { endedBy },
  });
  return count === 1;
}

export async function updateFinished(tx: Tx, id: string, finishedAt: Date): Promise<void> {
  await tx.bulkAction.updateMany({ where: { id, finishedAt: null }, data: { finishedAt, selection: null } });
}

/** Removes at most `limit` actions that finished before. */
export async function deleteFinishedBefore(time: Date, limit: number): Promise<number> {
  const client = await db();
  const where = { finishedAt: { lt: time } };
  const ids = (await client.bulkAction.findMany({ where, select: { id: true }, take: limit })).map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.bulkAction.deleteMany({ where: { id: { in: ids } } })).count;
}

const ENDINGS = ['stopped', 'not_permitted'] as const;

function toBulkAction(row: Prisma.BulkActionGetPayload<object>): BulkAction {
  return {
    ...row,
    kind: toUnion(BULK_KINDS, row.kind),
    actorKind: toUnion(ACTOR_KINDS, row.actorKind),
    leftOut: JSON.parse(row.leftOut),
    endedBy: row.endedBy === null ? null : toUnion(ENDINGS, row.endedBy),
  };
}
