import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { all, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { decrypt, encrypt } from '@/lib/platform/secret';
import type { DeliveryContent, DeliveryState, ReceivedAnswer, WebhookDelivery } from '../model';

type Row = Prisma.WebhookDeliveryGetPayload<object>;
type Shown = Omit<Row, 'body' | 'answer' | 'isErased'> & { waitsFor: string | null };

const COLUMNS = columnsOf(
  'd',
  `endpointId eventId projectId identityId type attempts nextAttemptAt lastAttemptAt deliveredAt failedAt status fault
   durationMillis createdAt`,
);
/** The newest earlier event of the same identity that still waits. */
const WAITS_FOR = `(SELECT max(p."eventId") FROM "WebhookDelivery" p
  WHERE d."nextAttemptAt" IS NOT NULL AND p."identityId" = d."identityId" AND p."endpointId" = d."endpointId"
  AND p."nextAttemptAt" IS NOT NULL AND p."eventId" < d."eventId")`;

/** Above every ID. */
const NONE_BEFORE = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const CONDITIONS: Record<DeliveryState, string> = {
  waiting: 'AND d."nextAttemptAt" IS NOT NULL',
  delivered: 'AND d."nextAttemptAt" IS NULL AND d."deliveredAt" IS NOT NULL',
  failed: 'AND d."nextAttemptAt" IS NULL AND d."deliveredAt" IS NULL',
};
const listOf = (name: string, condition: string) =>
  statement<Shown>(
    `webhook_delivery.${name}`,
    `SELECT ${COLUMNS}, ${WAITS_FOR} AS "waitsFor" FROM "WebhookDelivery" d
     WHERE d."endpointId" = $1 AND d."projectId" = $2 AND d."eventId" < $3 ${condition}
     ORDER BY d."eventId" DESC LIMIT $4`,
  );
const LISTS = {
  all: listOf('list', ''),
  waiting: listOf('list_waiting', CONDITIONS.waiting),
  delivered: listOf('list_delivered', CONDITIONS.delivered),
  failed: listOf('list_failed', CONDITIONS.failed),
};

type Window = { state?: DeliveryState | undefined; before?: string | undefined; limit: number };

/** Newest first. `before`: an event ID. */
export async function listDeliveries(
  projectId: string,
  webhookId: string,
  { state, before = NONE_BEFORE, limit }: Window,
): Promise<WebhookDelivery[]> {
  return (await all(LISTS[state ?? 'all'], [webhookId, projectId, before, limit])).map(toDelivery);
}

const ONE = statement<Shown>(
  'webhook_delivery.one',
  `SELECT ${COLUMNS}, ${WAITS_FOR} AS "waitsFor" FROM "WebhookDelivery" d
   WHERE d."endpointId" = $1 AND d."projectId" = $2 AND d."eventId" = $3`,
);

export async function findDelivery(
  projectId: string,
  webhookId: string,
  eventId: string,
  tx?: Tx,
): Promise<WebhookDelivery | null> {
  const [row] = await all(ONE, [webhookId, projectId, eventId], tx);
  return row ? toDelivery(row) : null;
}

const DUE = statement<Shown>(
  'webhook_delivery.due',
  `SELECT ${COLUMNS}, ${WAITS_FOR} AS "waitsFor" FROM "WebhookDelivery" d
   WHERE d."endpointId" = $1 AND d."nextAttemptAt" <= $2 ORDER BY d."nextAttemptAt", d."eventId" LIMIT $3`,
);

/** Longest due first; those due at the same time in the order of their events. */
export async function listDue(webhookId: string, now: Date, limit: number): Promise<WebhookDelivery[]> {
  return (await all(DUE, [webhookId, now, limit])).map(toDelivery);
}

const POSTPONE = statement(
  'webhook_delivery.postpone',
  `UPDATE "WebhookDelivery" SET "nextAttemptAt" = $3 WHERE "endpointId" = $1 AND "eventId" = $2 AND "nextAttemptAt" < $3`,
);

/** Makes a delivery due no earlier than the one it waits for, so that it is not read again before. */
export async function postponeTo(webhookId: string, eventId: string, time: Date): Promise<void> {
  await run(POSTPONE, [webhookId, eventId, time]);
}

const ALL_DUE = statement(
  'webhook_delivery.all_due',
  `UPDATE "WebhookDelivery" SET "nextAttemptAt" = $2 WHERE "endpointId" = $1 AND "nextAttemptAt" > $2`,
);

/** Makes all waiting deliveries due: the endpoint has recovered. */
export async function makeAllDue(webhookId: string, now: Date): Promise<void> {
  await run(ALL_DUE, [webhookId, now]);
}

export async function findContent(webhookId: string, eventId: string): Promise<DeliveryContent | null> {
  const row = await (await db()).webhookDelivery.findUnique({
    where: { endpointId_eventId: { endpointId: webhookId, eventId } },
    select: { body: true, answer: true, isErased: true },
  });
  if (!row) return null;
  const context = contextOf(webhookId, eventId);
  const answer: ReceivedAnswer | null = row.answer && JSON.parse(decrypt('webhook', row.answer, context));
  return { body: row.body && decrypt('webhook', row.body, context), answer, isErased: row.isErased };
}

/** A test event, or one that is sent again. */
export async function insertDelivery(
  tx: Tx,
  { webhookId, eventId, projectId, identityId, type, createdAt }: WebhookDelivery,
): Promise<void> {
  await tx.webhookDelivery.create({
    data: { endpointId: webhookId, eventId, projectId, identityId, type, nextAttemptAt: createdAt, createdAt },
  });
}

/** Makes a finished delivery wait again, as if it were new. */
export async function requeueDelivery(tx: Tx, delivery: WebhookDelivery, now: Date): Promise<void> {
  const { webhookId, eventId, projectId } = delivery;
  await tx.webhookDelivery.updateMany({
    where: { endpointId: webhookId, eventId, projectId },
    data: { nextAttemptAt: now, attempts: 0, deliveredAt: null, failedAt: null },
  });
}

export type AttemptResult = {
  body: string;
  answer: ReceivedAnswer | null;
  status: number | null;
  fault: string | null;
  at: Date;
  durationMillis: number;
  state: DeliveryState;
  /** For `waiting`. */
  nextAttemptAt: Date | null;
};

const RECORD = statement(
  'webhook_delivery.record',
  `UPDATE "WebhookDelivery" SET attempts = attempts + 1, "lastAttemptAt" = $3, "durationMillis" = $4, status = $5, fault = $6,
     "nextAttemptAt" = $7, "deliveredAt" = $8, "failedAt" = $9,
     body = CASE WHEN "isErased" THEN NULL ELSE $10 END, answer = CASE WHEN "isErased" THEN NULL ELSE $11 END
   WHERE "endpointId" = $1 AND "eventId" = $2`,
);

/** Records an attempt. Content is not stored for an identity that was erased while it was sent. */
export async function recordAttempt(
  { webhookId, eventId }: WebhookDelivery,
  { body, answer, status, fault, at, durationMillis, state, nextAttemptAt }: AttemptResult,
): Promise<void> {
  const context = contextOf(webhookId, eventId);
  await run(RECORD, [
    webhookId,
    eventId,
    at,
    durationMillis,
    status,
    fault,
    nextAttemptAt,
    state === 'delivered' ? at : null,
    state === 'failed' ? at : null,
    encrypt('webhook', body, context),
    answer && encrypt('webhook', JSON.stringify(answer), context),
  ]);
}

const OLD = statement<{ endpointId: string; eventId: string }>(
  'webhook_delivery.old',
  `SELECT o."endpointId", o."eventId" FROM "WebhookDelivery" o WHERE o."createdAt" < $1
   ORDER BY o."createdAt" LIMIT $2`,
);

/** Deletes at most `limit` deliveries that are older than `before`; resolves to their number. */
export async function deleteOld(before: Date, limit: number): Promise<number> {
  const found = await all(OLD, [before, limit]);
  const { webhookDelivery } = await db();
  let count = 0;
  for (const endpointId of new Set(found.map((row) => row.endpointId))) {
    const ids = found.filter((row) => row.endpointId === endpointId).map(({ eventId }) => eventId);
    count += (await webhookDelivery.deleteMany({ where: { endpointId, eventId: { in: ids } } })).count;
  }
  return count;
}

const DELETE_OF = statement(
  'webhook_delivery.delete_of',
  `DELETE FROM "WebhookDelivery" WHERE "endpointId" = $1 AND "eventId" IN (
     SELECT o."eventId" FROM "WebhookDelivery" o WHERE o."endpointId" = $1 LIMIT $2)`,
);

/** Deletes at most `limit` deliveries of a webhook; resolves to their number. */
export async function deleteDeliveriesOf(webhookId: string, limit: number): Promise<number> {
  return run(DELETE_OF, [webhookId, limit]);
}

function contextOf(webhookId: string, eventId: string): string {
  return `${webhookId}/${eventId}`;
}

function toDelivery({ endpointId, ...row }: Shown): WebhookDelivery {
  const state = row.nextAttemptAt ? 'waiting' : row.deliveredAt ? 'delivered' : 'failed';
  return { ...row, webhookId: endpointId, state };
}
