import { toChangesResponse } from '@/lib/audit/contract';
import type { AuditEvent } from '@/lib/audit/model';

/** A message above this size is sent without the values of its event. */
const MAX_BODY_LENGTH = 64 * 1024;
/** Events about a deletion name the identity only. */
const BARE_TYPES: readonly string[] = ['identity.deleted', 'identity.purged'];

type Subject = { type: string; identityId: string | null; createdAt: Date };

/**
 * The body of a message (Standard Webhooks, "Payload structure"): the audit event without client address, request and
 * the names of people. `event` is null for a test, and if the event is no longer kept. The same event gives the same
 * text, so that a message sent twice is the same message.
 */
export function messageOf(subject: Subject, event: AuditEvent | null): string {
  const bare = { identity_id: subject.identityId };
  const envelope = (data: object) =>
    JSON.stringify({ type: subject.type, timestamp: subject.createdAt.toISOString(), data });
  if (event === null || BARE_TYPES.includes(subject.type)) return envelope(bare);
  const { changes: _, layout: _layout, ...details } = event.details; // the layout serves undo only
  const facts = {
    ...bare,
    actor: { type: event.actorKind, id: event.actorId },
    organization_id: event.organizationId,
    job_id: event.jobId,
  };
  const whole = envelope({ ...facts, changes: toChangesResponse(event.type, event.details), details });
  return whole.length <= MAX_BODY_LENGTH ? whole : envelope({ ...facts, omitted: ['changes', 'details'] });
}
