import type { Prisma } from '@/generated/sqlite/client';
import { AUDIT_EVENT_TYPES } from '@/lib/audit/model';
import { type Db, db } from '@/lib/platform/db/client';
import { all, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { decrypt, encrypt } from '@/lib/platform/secret';
import { toUnion } from '@/lib/platform/union';
import { type EndpointHealth, OFF_REASONS, type Webhook } from './model';

type Reader = Db | Tx;
type Row = Prisma.WebhookEndpointGetPayload<object>;

/** Oldest first. */
export async function listWebhooks(projectId: string, reader?: Reader): Promise<Webhook[]> {
  const rows = await (reader ?? (await db())).webhookEndpoint.findMany({
    where: { projectId, deletedAt: null },
    orderBy: { id: 'asc' },
  });
  return rows.map(toWebhook);
}

export async function findWebhook(projectId: string, id: string, reader?: Reader): Promise<Webhook | null> {
  const where = { id, projectId, deletedAt: null };
  const row = await (reader ?? (await db())).webhookEndpoint.findFirst({ where });
  return row && toWebhook(row);
}

export async function insertWebhook(tx: Tx, webhook: Webhook, secret: string): Promise<void> {
  const { eventTypes, previousUntil, ...rest } = webhook;
  await tx.webhookEndpoint.create({
    data: { ...rest, ...toTypes(eventTypes), secret: seal(webhook.id, secret), previousUntil },
  });
}

/** Writes settings and state, if the version is still `version`; false if another request was first. */
export async function updateWebhook(tx: Tx, webhook: Webhook, version: number): Promise<boolean> {
  const { id, projectId, eventTypes, createdAt: _, ...rest } = webhook;
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { id, projectId, version, deletedAt: null },
    data: { ...rest, ...toTypes(eventTypes) },
  });
  return count === 1;
}

/** Replaces the secret; the current one becomes the previous one until `previousUntil`, or ends now. */
export async function replaceSecret(tx: Tx, webhook: Webhook, version: number, secret: string): Promise<boolean> {
  const { id, projectId, previousUntil, updatedAt } = webhook;
  const row = await tx.webhookEndpoint.findFirst({
    where: { id, projectId, deletedAt: null },
    select: { secret: true },
  });
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { id, projectId, version, deletedAt: null },
    data: {
      secret: seal(id, secret),
      previousSecret: previousUntil === null ? null : (row?.secret ?? null),
      previousUntil,
      version: webhook.version,
      updatedAt,
    },
  });
  return count === 1;
}

/** Nothing is sent to it or recorded for it from now on; `purgeDeliveries` removes its rows. */
export async function markDeleted(tx: Tx, { id, projectId }: Webhook, now: Date): Promise<boolean> {
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { id, projectId, deletedAt: null },
    data: { deletedAt: now, isActive: false, previousSecret: null, previousUntil: null },
  });
  return count === 1;
}

/** Of all projects. */
export async function listDeletedWebhooks(): Promise<string[]> {
  const rows = await (await db()).webhookEndpoint.findMany({
    where: { deletedAt: { not: null } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function deleteWebhookRow(id: string): Promise<void> {
  await (await db()).webhookEndpoint.deleteMany({ where: { id, deletedAt: { not: null } } });
}

/** The current secret, and the previous one while both sign. */
export async function findSecrets(id: string, now: Date): Promise<string[]> {
  const row = await (await db()).webhookEndpoint.findFirst({ where: { id } });
  if (!row) return [];
  const hasPrevious = row.previousUntil !== null && row.previousUntil > now;
  return [row.secret, ...(hasPrevious && row.previousSecret !== null ? [row.previousSecret] : [])].map((sealed) =>
    decrypt('webhook', sealed, id),
  );
}

/** Endpoints with a due delivery that no process works on, least recently claimed first. */
const DUE = statement<{ id: string }>(
  'webhook_endpoint.due',
  `SELECT w.id FROM "WebhookEndpoint" w
   WHERE w."isActive" AND (w."pausedUntil" IS NULL OR w."pausedUntil" <= $1)
   AND (w."leaseUntil" IS NULL OR w."leaseUntil" <= $1)
   AND EXISTS (SELECT 1 FROM "WebhookDelivery" d WHERE d."endpointId" = w.id AND d."nextAttemptAt" <= $1)
   ORDER BY CASE WHEN w."leaseUntil" IS NULL THEN 0 ELSE 1 END, w."leaseUntil" LIMIT $2`,
);

export async function listDueWebhooks(now: Date, limit: number): Promise<string[]> {
  return (await all(DUE, [now, limit])).map(({ id }) => id);
}

/** Claims an endpoint until `until`; null if another process claimed it first, or it was switched off. */
export async function claimWebhook(id: string, owner: string, now: Date, until: Date): Promise<Webhook | null> {
  const client = await db();
  const { count } = await client.webhookEndpoint.updateMany({
    where: { id, isActive: true, OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] },
    data: { leaseOwner: owner, leaseUntil: until },
  });
  const row = count === 1 ? await client.webhookEndpoint.findUnique({ where: { id } }) : null;
  return row && toWebhook(row);
}

/** False if the lease was lost, or the endpoint was switched off or changed its URL. */
export async function renewLease({ id, url }: Webhook, owner: string, until: Date): Promise<boolean> {
  const { count } = await (await db()).webhookEndpoint.updateMany({
    where: { id, url, isActive: true, leaseOwner: owner },
    data: { leaseUntil: until },
  });
  return count === 1;
}

/** `leaseUntil` keeps the order of claims. */
export async function releaseLease(id: string, owner: string, now: Date): Promise<void> {
  await (await db()).webhookEndpoint.updateMany({
    where: { id, leaseOwner: owner },
    data: { leaseOwner: null, leaseUntil: now },
  });
}

export async function writeHealth(id: string, health: EndpointHealth): Promise<void> {
  const { failures, failingSince, pausedUntil } = health;
  await (await db()).webhookEndpoint.updateMany({ where: { id }, data: { failures, failingSince, pausedUntil } });
}

function seal(id: string, secret: string): string {
  return encrypt('webhook', secret, id);
}

function toTypes(eventTypes: Webhook['eventTypes']): { eventTypes: string | null } {
  return { eventTypes: eventTypes && JSON.stringify(eventTypes) };
}

function toWebhook(row: Row): Webhook {
  const {
    secret: _,
    previousSecret: _previous,
    leaseOwner: _owner,
    leaseUntil: _until,
    deletedAt: _deleted,
    ...rest
  } = row;
  const listed: unknown = row.eventTypes && JSON.parse(row.eventTypes);
  return {
    ...rest,
    eventTypes: Array.isArray(listed) ? AUDIT_EVENT_TYPES.filter((type) => listed.includes(type)) : null,
    offReason: row.offReason === null ? null : toUnion(OFF_REASONS, row.offReason),
  };
}
