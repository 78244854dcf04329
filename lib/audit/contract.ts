import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '@/lib/platform/json';
import { ACTOR_KINDS, AUDIT_EVENT_TYPES, type AuditEvent } from './model';

const one = <Item extends z.ZodType<unknown, string>>(item: Item) => z.array(item).max(1).optional();
const time = z.iso.datetime({ offset: true, error: 'must be an RFC 3339 time such as 2026-01-31T12:00:00Z' });

const spanQuery = {
  type: z.array(z.enum(AUDIT_EVENT_TYPES, 'is not a known event type')).max(AUDIT_EVENT_TYPES.length).optional(),
  actor_type: one(z.enum(ACTOR_KINDS, 'is not a known actor type')),
  actor_id: one(z.string().max(200)),
  job_id: one(z.string().max(100)),
  since: one(time),
  until: one(time),
};

/** The filters of GET /admin/identities/{id}/history. */
export const historyFilterQuery = spanQuery;
/** The filters of GET /admin/audit-events. `type` may be repeated (any of them). `until` is exclusive. */
export const auditFilterQuery = { ...spanQuery, identity_id: one(z.string().max(100)) };

export function toAuditFilter(query: z.output<z.ZodObject<typeof auditFilterQuery>>) {
  return {
    types: query.type,
    actorKind: query.actor_type?.[0],
    actorId: query.actor_id?.[0],
    jobId: query.job_id?.[0]?.toLowerCase(),
    identityId: query.identity_id?.[0]?.toLowerCase(),
    from: toDate(query.since?.[0]),
    until: toDate(query.until?.[0]),
  };
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

export const changeResponse = z.object({ pointer: z.string(), before: z.unknown(), after: z.unknown() });

/** An event in the API; in an export, one object per line. */
export const auditEventResponse = z
  .object({
    id: z.string(),
    type: z.enum(AUDIT_EVENT_TYPES),
    actor: z.object({
      type: z.enum(ACTOR_KINDS),
      id: z.string().nullable(),
      name: z.string().nullable().meta({ description: 'Null if the actor is unknown or was deleted.' }),
    }),
    identity_id: z.string().nullable(),
    occurred_at: z.iso.datetime(),
    request_id: z.string().nullable(),
    address: z.string().nullable(),
    job_id: z.string().nullable().meta({ description: 'The job that made the change; null: none.' }),
    changes: changeResponse.array(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({
    id: 'AuditEvent',
    description: 'An audit event. Immutable, except that erasing an identity removes its personal data.',
  });

/** `actorName` is null if the actor is unknown or was deleted. */
export function toAuditEventResponse(event: AuditEvent, actorName: string | null): z.output<typeof auditEventResponse> {
  const { changes: _, layout: _layout, ...details } = event.details; // the layout serves undo only
  return {
    id: event.id,
    type: event.type,
    actor: { type: event.actorKind, id: event.actorId, name: actorName },
    identity_id: event.identityId,
    occurred_at: event.createdAt.toISOString(),
    request_id: event.requestId,
    address: event.address,
    job_id: event.jobId,
    changes: toChangesResponse(event.type, event.details),
    details,
  };
}

/** What an event changed, by JSON Pointer. */
export function toChangesResponse(
  type: AuditEvent['type'],
  { changes, ...rest }: AuditEvent['details'],
): z.output<typeof changeResponse>[] {
  return [...toChanges(changes), ...toOneChange(type, rest)];
}

function toChanges(changes: unknown) {
  if (!isJsonObject(changes as Json)) return [];
  return Object.entries(changes as JsonObject).map(([pointer, change]) => ({
    pointer,
    before: (isJsonObject(change) ? change.before : null) ?? null,
    after: (isJsonObject(change) ? change.after : null) ?? null,
  }));
}

/** Events about a single field store it by name, with its previous value in `before`. */
function toOneChange(type: AuditEvent['type'], { before, name, role }: Record<string, unknown>) {
  if (before === undefined) return [];
  if (type === 'passkey.renamed') return [{ pointer: '/name', before, after: name }];
  if (type === 'operator.role_changed') return [{ pointer: '/role', before, after: role }];
  return [];
}
