import { databaseKind } from '@/lib/platform/db/client';
import { insertInto, toRecordset } from '@/lib/platform/db/insert-many';
import { post, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { AuditEvent } from '../model';

/**
 * Events and their webhook deliveries, in one transaction. The deliveries belong to a noun above, which records events
 * itself; they are written here so that no event lacks its delivery, and found by the insert itself so that a project
 * without webhooks pays for one empty look-up.
 */
const COLUMNS = [
  ...(['id', 'projectId', 'type', 'actorKind', 'actorId', 'identityId', 'organizationId'] as const),
  ...(['requestId', 'address', 'jobId', 'details', 'createdAt'] as const),
];
const EVENTS = insertInto('AuditEvent', COLUMNS);

const TARGET = `"WebhookDelivery" ("endpointId", "eventId", "projectId", "identityId", type, "nextAttemptAt", "createdAt")`;
/** Types are stored as a JSON array; no type contains another one with its quotes. */
const DELIVERIES = statement('audit_event.deliveries', {
  // CROSS JOIN starts with the endpoints: without one, the list of events is not even parsed.
  sqlite: `INSERT INTO ${TARGET}
   SELECT w.id, e.value ->> 'id', $1, e.value ->> 'identityId', e.value ->> 'type', $3, $3
   FROM "WebhookEndpoint" w CROSS JOIN json_each($2) e
   WHERE w."projectId" = $1 AND w."isActive"
   AND (w."eventTypes" IS NULL OR instr(w."eventTypes", '"' || (e.value ->> 'type') || '"') > 0)`,
  // With the events themselves, in one round trip.
  postgresql: `WITH events AS (
    ${EVENTS.of.text.postgresql} RETURNING id, "projectId", "identityId", type, "createdAt"
  )
  INSERT INTO ${TARGET}
  SELECT w.id, e.id, e."projectId", e."identityId", e.type, e."createdAt", e."createdAt"
  FROM events e JOIN "WebhookEndpoint" w ON w."projectId" = e."projectId"
  WHERE w."isActive" AND (w."eventTypes" IS NULL OR position('"' || e.type || '"' IN w."eventTypes") > 0)`,
});

/** Inserts events of one project and time. `onDeliveries` is called before the commit if there are deliveries to send. */
export function insertEvents(tx: Tx, events: AuditEvent[], onDeliveries?: () => void): void {
  const [first] = events;
  if (!first) return;
  const rows = events.map((event) => ({ ...event, details: JSON.stringify(event.details) }));
  const onCount = (count: number) => {
    if (count > 0) onDeliveries?.();
  };
  if (databaseKind() === 'postgresql') {
    post(DELIVERIES, [toRecordset(COLUMNS, rows)], tx, onCount);
    return;
  }
  for (const row of rows) {
    const values = COLUMNS.map((column) => row[column]);
    post(EVENTS.of, values, tx);
  }
  const keys = events.map(({ id, identityId, type }) => ({ id, identityId, type }));
  post(DELIVERIES, [first.projectId, JSON.stringify(keys), first.createdAt], tx, onCount);
}

const BLANK_DELIVERIES = statement(
  'webhook_delivery.blank',
  `UPDATE "WebhookDelivery" SET body = NULL, answer = NULL, "isErased" = true
   WHERE "identityId" = $2 AND "projectId" = $1`,
);

/** On erasure: removes what was sent about an identity, and answered. Later attempts send the blanked event. */
export function blankDeliveries(tx: Tx, projectId: string, identityId: string): void {
  post(BLANK_DELIVERIES, [projectId, identityId], tx);
}
