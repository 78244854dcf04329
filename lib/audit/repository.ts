import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { readStale } from '@/lib/platform/db/replica';
import { all, first, post, statement, type Value } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import { toUnion } from '@/lib/platform/union';
import { ACTOR_KINDS, type AuditEvent, type AuditEventType, type AuditFilter, idAt } from './model';
import { FIELD_CHANGE_TYPES, type FieldChange } from './model/undo';
import { blankDeliveries } from './repository/insert';

export type Row = Prisma.AuditEventGetPayload<object>;

/** Deletes at most `limit` events older than `before`, oldest first; resolves to the number deleted. */
export async function deleteEventsBefore(tx: Tx, projectId: string, before: Date, limit: number): Promise<number> {
  const rows = await tx.auditEvent.findMany({
    where: { projectId, id: { lt: idAt(before) } },
    orderBy: { id: 'asc' },
    select: { id: true },
    take: limit,
  });
  if (rows.length === 0) return 0;
  return (await tx.auditEvent.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } })).count;
}

/** When the newest event of all projects was recorded. */
export async function findNewestEventTime(): Promise<Date | null> {
  const row = await (await db()).auditEvent.findFirst({ orderBy: { id: 'desc' }, select: { createdAt: true } });
  return row?.createdAt ?? null;
}

export async function findEvent(projectId: string, id: string, tx?: Tx): Promise<AuditEvent | null> {
  const row = await (tx ?? (await db())).auditEvent.findFirst({ where: { id, projectId } });
  return row && toEvent(row);
}

type Window = { before?: string | undefined; after?: string | undefined; limit: number };

/** Newest first. `before` and `after` are an event ID: the next older events, or the next newer ones. */
export async function listEvents(projectId: string, filter: AuditFilter, window: Window): Promise<AuditEvent[]> {
  const { actorKind, actorId, identityId, organizationId, jobId } = filter;
  const isSparse = actorKind && [actorId, identityId, organizationId, jobId].every((value) => value === undefined);
  const events = isSparse ? await walk(projectId, filter, window) : await listWithin(projectId, filter, window);
  return window.after ? events.reverse() : events;
}

/** Events per statement: no index covers the kind of actor, and SQLite blocks the process while it reads. */
const WALK_STEP = 5000;

async function walk(projectId: string, filter: AuditFilter, { before, after, limit }: Window): Promise<AuditEvent[]> {
  const { actorKind: _, ...indexed } = filter;
  const events: AuditEvent[] = [];
  for (let from = after ?? before; events.length < limit; ) {
    const [isAscending, left] = [Boolean(after), limit - events.length];
    const beyond = { AND: [toWhere(projectId, indexed), from ? { id: { [isAscending ? 'gt' : 'lt']: from } } : {}] };
    const last = await (await db()).auditEvent.findFirst({
      where: beyond,
      select: { id: true },
      orderBy: { id: isAscending ? 'asc' : 'desc' },
      skip: WALK_STEP - 1,
    });
    const within = last ? { id: { [isAscending ? 'lte' : 'gte']: last.id } } : {};
    const rows = await (await db()).auditEvent.findMany({
      where: { AND: [beyond, toWhere(projectId, filter), within] },
      orderBy: { id: isAscending ? 'asc' : 'desc' },
      take: left,
    });
    events.push(...rows.map(toEvent));
    if (!last) break;
    from = last.id;
  }
  return events;
}

/** Oldest first after a position, otherwise newest first. */
async function listWithin(
  projectId: string,
  filter: AuditFilter,
  { before, after, limit }: Window,
): Promise<AuditEvent[]> {
  const rows = await (await db()).auditEvent.findMany({
    where: {
      AND: [toWhere(projectId, filter), { id: { ...(before && { lt: before }), ...(after && { gt: after }) } }],
    },
    orderBy: { id: after ? 'asc' : 'desc' },
    take: limit,
  });
  return rows.map(toEvent);
}

const COLUMNS = columnsOf(
  'e',
  'id projectId type actorKind actorId identityId organizationId requestId address jobId details createdAt',
);
const ofIdentity = (place: string) =>
  `SELECT ${COLUMNS} FROM "AuditEvent" e WHERE e."projectId" = $1 AND e."identityId" = $2 ${place}
   ORDER BY e.id DESC LIMIT $3`;
const OF_IDENTITY = statement<Row>('audit_event.of_identity', ofIdentity(''));
const OF_IDENTITY_BEFORE = statement<Row>('audit_event.of_identity_before', ofIdentity('AND e.id < $4'));

/** As `listEvents`, for one identity. */
export async function listIdentityEvents(
  projectId: string,
  identityId: string,
  limit: number,
  before?: string,
): Promise<AuditEvent[]> {
  const rows = before
    ? await all(OF_IDENTITY_BEFORE, [projectId, identityId, limit, before])
    : await all(OF_IDENTITY, [projectId, identityId, limit]);
  return rows.map(toEvent);
}

const OF_TYPE = statement<Pick<Row, 'id'>>(
  'audit_event.of_type',
  `SELECT e.id FROM "AuditEvent" e WHERE e."projectId" = $1 AND e."identityId" = $2 AND e.type = $3 LIMIT 1`,
);

/** Whether an event of this type about an identity exists. */
export async function hasIdentityEvent(
  tx: Tx,
  projectId: string,
  identityId: string,
  type: AuditEventType,
): Promise<boolean> {
  return (await first(OF_TYPE, [projectId, identityId, type], tx)) !== null;
}

const CHANGE_TYPES = FIELD_CHANGE_TYPES.map((type) => `'${type}'`).join(', ');
const FIELD_CHANGES = statement<Pick<Row, 'id' | 'type' | 'jobId' | 'details'>>(
  'audit_event.field_changes',
  `SELECT e.id, e.type, e."jobId", e.details FROM "AuditEvent" e
   WHERE e."projectId" = $1 AND e."identityId" = $2 AND e.id > $3 AND e.type IN (${CHANGE_TYPES})
   ORDER BY e.id LIMIT $4`,
);

/** At most `limit` changes of an identity's fields after an event, oldest first. */
export async function listFieldChanges(
  projectId: string,
  identityId: string,
  { after, limit }: { after: string; limit: number },
  tx?: Tx,
): Promise<FieldChange[]> {
  const rows = await all(FIELD_CHANGES, [projectId, identityId, after, limit], tx);
  return rows.map(({ id, type, jobId, details }) => ({
    id,
    type: type as AuditEventType, // unchecked, as in `toEvent`
    jobId,
    details: JSON.parse(details),
  }));
}

const OF_REQUEST = statement<Pick<Row, 'id'>>(
  'audit_event.of_request',
  `SELECT e.id FROM "AuditEvent" e
   WHERE e."projectId" = $1 AND e."identityId" = $2 AND e."requestId" = $3 AND e.id >= $4
   AND e.type IN (${CHANGE_TYPES}) ORDER BY e.id DESC LIMIT 1`,
);

/** The last change of an identity's fields that this request made since `since`, or null. */
export async function findChangeOfRequest(
  projectId: string,
  identityId: string,
  requestId: string,
  since: Date,
): Promise<string | null> {
  const [row] = await all(OF_REQUEST, [projectId, identityId, requestId, idAt(since)]);
  return row?.id ?? null;
}

/** IDs begin with their time, so a time range is a range of IDs. */
function toWhere(
  projectId: string,
  { type, types, actorKind, actorId, identityId, organizationId, jobId, from, until }: AuditFilter,
): Prisma.AuditEventWhereInput {
  return {
    projectId,
    ...(type && { type }),
    ...(types && { type: { in: types } }),
    ...(actorKind && { actorKind }),
    ...(actorId !== undefined && { actorId }),
    ...(identityId !== undefined && { identityId }),
    ...(organizationId !== undefined && { organizationId }),
    ...(jobId !== undefined && { jobId }),
    id: { ...(from && { gte: idAt(from) }), ...(until && { lt: idAt(until) }) },
  };
}

/** Number of events by `details.method`; `other` counts any other method, and events whose values were blanked. */
export type MethodCounts = Record<'passkey' | 'code' | 'link' | 'other', number>;

/** Events per statement: none of an index's columns has the method, and SQLite blocks the process for as long as it reads. */
const COUNT_STEP = 5000;
// JSON.stringify escapes quotes inside values, so only the key itself matches.
const BY_METHOD = statement<{ method: keyof MethodCounts; count: number; last: string }>(
  'audit_event.count_by_method',
  `SELECT
     CASE
       WHEN h.details LIKE '%"method":"passkey"%' THEN 'passkey'
       WHEN h.details LIKE '%"method":"code"%' THEN 'code'
       WHEN h.details LIKE '%"method":"link"%' THEN 'link'
       ELSE 'other'
     END AS method,
     count(*) AS count, max(h.id) AS last
   FROM (
     SELECT e.id, e.details FROM "AuditEvent" e
     WHERE e."projectId" = $1 AND e.type = $2 AND e.id >= $3 AND e.id < $4 AND e.id <> $5 ORDER BY e.id LIMIT $6
   ) h GROUP BY 1`,
);

/** Counts the events of a type from `from` (inclusive) to `until` (exclusive), by method, in steps. May be stale. */
export function countByMethod(projectId: string, type: AuditEventType, from: Date, until: Date): Promise<MethodCounts> {
  return readStale(async (reader) => {
    const counts: MethodCounts = { passkey: 0, code: 0, link: 0, other: 0 };
    for (let last: string | null = null; ; ) {
      const values: Value[] = [projectId, type, last ?? idAt(from), idAt(until), last ?? '', COUNT_STEP];
      const rows = await all(BY_METHOD, values, reader);
      for (const { method, count } of rows) counts[method] += count;
      if (rows.reduce((sum, { count }) => sum + count, 0) < COUNT_STEP) return counts;
      last = rows.reduce((latest, row) => (row.last > latest ? row.last : latest), '');
      await yieldToEventLoop();
    }
  });
}

const BLANK = statement(
  'audit_event.blank',
  `UPDATE "AuditEvent" SET "details" = '{}', "address" = NULL WHERE "projectId" = $1 AND "identityId" = $2`,
);
const BLANK_ADDRESSES = statement(
  'audit_event.blank_addresses',
  'UPDATE "AuditEvent" SET "address" = NULL WHERE "actorId" = $1',
);

/**
 * On erasure: blanks the values in an identity's events and keeps their type and time. In the events the identity
 * caused for others, in any project, only the client address is removed; the change belongs to their history.
 */
export function blankEvents(tx: Tx, projectId: string, identityId: string): void {
  post(BLANK, [projectId, identityId], tx);
  post(BLANK_ADDRESSES, [identityId], tx);
  blankDeliveries(tx, projectId, identityId);
}

export function toEvent(row: Row): AuditEvent {
  return {
    ...row,
    type: row.type as AuditEvent['type'], // unchecked: the log also shows types of other versions
    actorKind: toUnion(ACTOR_KINDS, row.actorKind),
    details: JSON.parse(row.details),
  };
}
