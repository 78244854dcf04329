import type { Actor } from '@/lib/platform/actor';
import { afterCommit, type Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { metrics } from '@/lib/platform/metrics';
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
  afterCommit(tx, () => countSignIn(event));
}

/** A code whose refusal is written down may be for another purpose than to sign in; only a passkey's says its method. */
function countSignIn({ type, details = {} }: { type: AuditEventType; details?: Record<string, unknown> }): void {
  const isRefused = type === 'sign_in.refused';
  if (!isRefused && type !== 'session.started' && type !== 'session.replaced') return;
  if (details.purpose === 'step_up' || details.purpose === 'email_change') return;
  const method = String(details.method ?? 'code');
  metrics().signIns.inc({ method, outcome: isRefused ? 'refused' : 'signed_in' });
}
