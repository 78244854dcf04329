import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { AuditEventType } from './model';
import { insertEvent } from './repository';

export {
  blankEvents,
  countByMethod,
  findEvent,
  findNewestEventTime,
  listEvents,
  listIdentityEvents,
  type MethodCounts,
} from './repository';

/** Writes down who did what, in the transaction of the change itself: no change without its event, no event without its change. */
export async function recordEvent(
  tx: Tx,
  actor: Actor,
  event: { type: AuditEventType; identityId?: string | null; details?: Record<string, unknown> },
): Promise<void> {
  await insertEvent(tx, {
    id: newId(),
    projectId: actor.projectId,
    type: event.type,
    actorKind: actor.kind,
    actorId: actor.id,
    identityId: event.identityId ?? null,
    requestId: actor.requestId,
    address: actor.address,
    details: event.details ?? {},
    createdAt: new Date(),
  });
}
