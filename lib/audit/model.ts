import { isJsonObject, isSameJson, type Json, toPointer } from '@/lib/platform/json';

/**
 * Event types, as `noun.past_participle`. The log is append-only; an event is written in the transaction of its change.
 */
export const AUDIT_EVENT_TYPES = [
  'identity.created',
  'identity.updated',
  'identity.picture_changed',
  'identity.picture_removed',
  'identity.deleted',
  'identity.restored',
  'identity.purged',
  'identity.invited',
  'identity.invitation_revoked',
  'identity.address_verified',
  'identity.identifier_displaced',
  'identity.recovery_issued',
  'identity.email_change_undone',
  'identity.deletion_requested',
  'identity.deletion_cancelled',
  'identity.exported',
  'session.started',
  'session.replaced',
  'session.ended',
  'sign_in.refused',
  'sign_in.disowned',
  'passkey.invited',
  'passkey.added',
  'passkey.renamed',
  'passkey.deleted',
  'passkey.refused',
  'passkey.counter_warning',
  'recovery_code.created',
  'recovery_code.used',
  'recovery_code.revoked',
  'pairing.started',
  'pairing.requested',
  'pairing.confirmed',
  'pairing.ended',
  'operator.added',
  'operator.invited',
  'operator.invitation_revoked',
  'operator.role_changed',
  'operator.removed',
  'api_credential.created',
  'api_credential.updated',
  'api_credential.rotated',
  'api_credential.revoked',
  'access_token.revoked',
  'logout_notice.failed',
  'application.signed_in',
  'grant.given',
  'grant.revoked',
  'authorization_code.reused',
  'refresh_token.reused',
  'refresh_token.revoked',
  'application.created',
  'application.updated',
  'application.disabled',
  'application.enabled',
  'application.secret_rotated',
  'application.secret_ended',
  'application.deleted',
  'group.created',
  'group.updated',
  'group.deleted',
  'group.member_added',
  'group.member_removed',
  'schema.created',
  'schema.updated',
  'schema.version_withdrawn',
  'schema.version_restored',
  'schema.deleted',
  'webhook.created',
  'webhook.updated',
  'webhook.rotated',
  'webhook.disabled',
  'webhook.deleted',
  'signing_key.created',
  'signing_key.rotated',
  'signing_key.revoked',
  'audit_event.purged',
  'project.created',
  'project.updated',
  'project.deleted',
  'organization.created',
  'organization.updated',
  'organization.deleted',
] as const;

/** The job that sends webhook deliveries, woken by events that have some. */
export const WEBHOOK_JOB = 'webhook.deliver';

export type AuditEventType = (typeof AUDIT_EVENT_TYPES)[number];

export const ACTOR_KINDS = ['operator', 'api_credential', 'identity', 'cli', 'system'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** An absent field does not filter. */
export type AuditFilter = {
  type?: AuditEventType | undefined;
  /** Matches any of these. */
  types?: AuditEventType[] | undefined;
  actorKind?: ActorKind | undefined;
  actorId?: string | undefined;
  identityId?: string | undefined;
  organizationId?: string | undefined;
  jobId?: string | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  until?: Date | undefined;
};

export function isAuditEventType(value: unknown): value is AuditEventType {
  return AUDIT_EVENT_TYPES.some((type) => type === value);
}

export type AuditEvent = {
  id: string;
  projectId: string;
  type: AuditEventType;
  actorKind: ActorKind;
  actorId: string | null;
  identityId: string | null;
  /** The organization the event belongs to, in any project's log. */
  organizationId: string | null;
  requestId: string | null;
  address: string | null;
  /** The job that made the change, or null. */
  jobId: string | null;
  /** What changed, such as `{ changes: { '/traits/name/first': { before, after } } }`. Never a secret. */
  details: Record<string, unknown>;
  createdAt: Date;
};

/** The lowest UUID version 7 (RFC 9562 §5.7) of that millisecond: a lower bound for IDs created at or after `time`. */
export function idAt(time: Date): string {
  const hex = Math.min(Math.max(time.getTime(), 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

export type FieldChanges = Record<string, { before: Json; after: Json }>;

/**
 * The leaves at which two JSON values differ, by JSON Pointer (RFC 6901). An array counts as one value; an added or
 * removed object is listed leaf by leaf.
 */
export function diffJson(before: Json | undefined, after: Json | undefined, pointer = ''): FieldChanges {
  if (isSameJson(before, after)) return {};
  const left = before === undefined && isFilled(after) ? {} : before;
  const right = after === undefined && isFilled(before) ? {} : after;
  if (!isJsonObject(left) || !isJsonObject(right))
    return { [pointer]: { before: before ?? null, after: after ?? null } };
  const changes: FieldChanges = {};
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    Object.assign(changes, diffJson(left[key], right[key], `${pointer}${toPointer([key])}`));
  }
  return changes;
}

function isFilled(value: Json | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length > 0;
}
