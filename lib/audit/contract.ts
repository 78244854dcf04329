import type { AuditEvent } from './model';

/** An event as programs read it, one object a line in an export. */
export function toAuditEventResponse(event: AuditEvent) {
  return {
    id: event.id,
    type: event.type,
    actor: { kind: event.actorKind, id: event.actorId },
    identity_id: event.identityId,
    request_id: event.requestId,
    address: event.address,
    details: event.details,
    created_at: event.createdAt,
  };
}
