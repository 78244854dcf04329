import type { Prisma } from '@/generated/sqlite/client';
import { ACTOR_KINDS } from '@/lib/audit/model';
import { JOB_IN_STATE, type JobFilter, type JobWindow } from '@/lib/job/model';
import { type Db, db } from '@/lib/platform/db/client';
import { run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { toUnion } from '@/lib/platform/union';
import { SCHEMA_CHANGE_KINDS, type SchemaChange, type SchemaChangeKind } from './model';

type Reader = Db | Tx;

/** Refuses: `version_conflict` while another job moves identities of the schema. */
export async function insertSchemaChange(tx: Tx, change: SchemaChange): Promise<void> {
  const { document, repairs, leftOut, impact, ...columns } = change;
  try {
    await tx.schemaChange.create({
      data: {
        ...columns,
        document: JSON.stringify(document),
        repairs: JSON.stringify(repairs),
        leftOut: JSON.stringify(leftOut),
        impact: impact && JSON.stringify(impact),
      },
    });
  } catch (cause) {
    if (!isUniqueViolation(cause, 'claim')) throw cause;
    throw new AppError('version_conflict', { reason: 'Another job moves identities of this schema', cause });
  }
}

export async function findSchemaChange(projectId: string, id: string, reader?: Reader): Promise<SchemaChange | null> {
  const row = await (reader ?? (await db())).schemaChange.findFirst({ where: { id, projectId } });
  return row && toSchemaChange(row);
}

export type SchemaChangeFilter = Pick<JobFilter, 'states'> & {
  kinds?: readonly SchemaChangeKind[] | undefined;
  schemaId?: string | undefined;
};

/** Newest first. */
export async function listSchemaChanges(
  projectId: string,
  { kinds, states, schemaId }: SchemaChangeFilter,
  { before, limit }: JobWindow,
): Promise<SchemaChange[]> {
  const rows = await (await db()).schemaChange.findMany({
    where: {
      projectId,
      ...(schemaId !== undefined && { schemaId }),
      ...(kinds && { kind: { in: [...kinds] } }),
      ...(before !== undefined && { id: { lt: before } }),
      ...(states && { OR: states.map((state) => JOB_IN_STATE[state]) }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(toSchemaChange);
}

export async function countUnfinished(tx: Tx, projectId: string): Promise<number> {
  return tx.schemaChange.count({ where: { projectId, finishedAt: null } });
}

/** The job that undoes this one, or has; one that ended early left the rest to another. */
export async function findUndoing(projectId: string, id: string, reader?: Reader): Promise<SchemaChange | null> {
  const row = await (reader ?? (await db())).schemaChange.findFirst({
    where: { projectId, kind: 'schema_undo', sourceJobId: id, endedBy: null },
    orderBy: { id: 'desc' },
  });
  return row && toSchemaChange(row);
}

type Progress = Pick<SchemaChange, 'total' | 'position' | 'done' | 'unchanged' | 'leftOut' | 'impact'>;

const PROGRESS = statement(
  'schema_change.progress',
  `UPDATE "SchemaChange" SET "total" = $2, "position" = $3, "done" = $4, "unchanged" = $5, "leftOut" = $6, "impact" = $7
   WHERE "id" = $1 AND "endedBy" IS NULL AND "finishedAt" IS NULL`,
);

/** False if the job has been ended. */
export async function updateProgress(tx: Tx, id: string, progress: Progress): Promise<boolean> {
  const { total, position, done, unchanged, leftOut, impact } = progress;
  const texts = [JSON.stringify(leftOut), impact && JSON.stringify(impact)];
  return (await run(PROGRESS, [id, total, position, done, unchanged, ...texts], tx)) === 1;
}

/** Ends a job before its next step. False if it has finished or was ended before. */
export async function updateEndedBy(
  projectId: string,
  id: string,
  endedBy: NonNullable<SchemaChange['endedBy']>,
  tx?: Tx,
): Promise<boolean> {
  const { count } = await (tx ?? (await db())).schemaChange.updateMany({
    where: { id, projectId, endedBy: null, finishedAt: null },
    data: { endedBy },
  });
  return count === 1;
}

export async function updateFinished(tx: Tx, id: string, finishedAt: Date): Promise<void> {
  await tx.schemaChange.updateMany({ where: { id, finishedAt: null }, data: { finishedAt, claim: null } });
}

/** Removes at most `limit` jobs that finished before. */
export async function deleteFinishedBefore(time: Date, limit: number): Promise<number> {
  const client = await db();
  const where = { finishedAt: { lt: time } };
  const ids = (await client.schemaChange.findMany({ where, select: { id: true }, take: limit })).map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.schemaChange.deleteMany({ where: { id: { in: ids } } })).count;
}

const ENDINGS = ['stopped', 'not_permitted', 'failed'] as const;

function toSchemaChange(row: Prisma.SchemaChangeGetPayload<object>): SchemaChange {
  return {
    ...row,
    kind: toUnion(SCHEMA_CHANGE_KINDS, row.kind),
    actorKind: toUnion(ACTOR_KINDS, row.actorKind),
    document: JSON.parse(row.document),
    repairs: JSON.parse(row.repairs),
    leftOut: JSON.parse(row.leftOut),
    impact: row.impact === null ? null : JSON.parse(row.impact),
    endedBy: row.endedBy === null ? null : toUnion(ENDINGS, row.endedBy),
  };
}
