import { columnsOf } from '@/lib/platform/db/columns';
import { all, statement } from '@/lib/platform/db/statement';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import type { AuditEvent, AuditEventType } from '../model';
import { type Row, toEvent } from '../repository';

/** Events per statement: SQLite blocks the process while it reads. */
const STEP = 5000;
/** Above every ID. */
const NONE_BEFORE = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const COLUMNS = columnsOf(
  'e',
  'id projectId type actorKind actorId identityId organizationId requestId address jobId details createdAt',
);
const OF_JOB = statement<Row>(
  'audit_event.of_job',
  `SELECT ${COLUMNS} FROM "AuditEvent" e WHERE e."projectId" = $1 AND e."jobId" = $2 AND e.id < $3
   ORDER BY e.id DESC LIMIT $4`,
);
const TYPES_OF_JOB = statement<{ type: string; count: number | bigint; last: string }>(
  'audit_event.types_of_job',
  `SELECT h.type, count(*) AS count, min(h.id) AS last FROM (
     SELECT e.type, e.id FROM "AuditEvent" e WHERE e."projectId" = $1 AND e."jobId" = $2 AND e.id < $3
     ORDER BY e.id DESC LIMIT $4
   ) h GROUP BY h.type`,
);

/** The events of a job, newest first; `before`: an event ID, or null for the newest. */
export async function listJobEvents(
  projectId: string,
  jobId: string,
  before: string | null,
  limit: number,
): Promise<AuditEvent[]> {
  const rows = await all(OF_JOB, [projectId, jobId, before ?? NONE_BEFORE, limit]);
  return rows.map(toEvent);
}

/** The number of a job's events of these types. */
export async function countJobEvents(
  projectId: string,
  jobId: string,
  types: readonly AuditEventType[],
): Promise<number> {
  let count = 0;
  for (let before = NONE_BEFORE; ; ) {
    const rows = await all(TYPES_OF_JOB, [projectId, jobId, before, STEP]);
    for (const row of rows) if (types.some((type) => type === row.type)) count += Number(row.count);
    if (rows.reduce((sum, row) => sum + Number(row.count), 0) < STEP) return count;
    before = rows.reduce((lowest, row) => (row.last < lowest ? row.last : lowest), before);
    await yieldToEventLoop();
  }
}
