import type { Actor } from '@/lib/platform/actor';
import { announceIds, commitHorizon } from '@/lib/platform/db/commit-horizon';
import { afterCommit, type Tx, transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { metrics } from '@/lib/platform/metrics';
import type { AuditEvent, AuditEventType, AuditFilter } from './model';
import { deleteEventsBefore, insertEvents, listEvents } from './repository';

export {
  blankEvents,
  countByMethod,
  findEvent,
  findNewestEventTime,
  listEvents,
  listIdentityEvents,
  type MethodCounts,
} from './repository';

/**
 * As `listEvents`, for programs that follow the log: an event is shown once nothing older can appear any more, so that a client that has
 * read up to it misses nothing.
 */
export async function listSettledEvents(
  projectId: string,
  filter: AuditFilter,
  page: { before?: string | undefined; limit: number },
): Promise<AuditEvent[]> {
  const horizon = await commitHorizon();
  const until = filter.until && filter.until < horizon ? filter.until : horizon;
  return listEvents(projectId, { ...filter, until }, page);
}

const PURGE_STEP = 500;

/**
 * Deletes the events from before a time, in steps that keep nobody else waiting for long. What is deleted is told by an event of its
 * own, written with the first of them. Resolves to how many there were.
 */
export async function purgeEvents(actor: Actor, before: Date): Promise<number> {
  for (let total = 0; ; ) {
    const count = await transaction(async (tx) => {
      const deleted = await deleteEventsBefore(tx, actor.projectId, before, PURGE_STEP);
      if (deleted > 0 && total === 0) {
        await recordEvent(tx, actor, { type: 'audit_event.purged', details: { before: before.toISOString() } });
      }
      return deleted;
    });
    total += count;
    if (count < PURGE_STEP) return total;
  }
}

export type EventRecord = {
  type: AuditEventType;
  identityId?: string | null;
  details?: Record<string, unknown>;
};

/** Writes down who did what, in the transaction of the change itself: no change without its event, no event without its change. */
export async function recordEvent(tx: Tx, actor: Actor, event: EventRecord): Promise<void> {
  await recordEvents(tx, actor, [event]);
}

/** Several at once, in this order. */
export async function recordEvents(tx: Tx, actor: Actor, events: EventRecord[]): Promise<void> {
  await announceIds(tx);
  const createdAt = new Date();
  await insertEvents(
    tx,
    events.map(({ type, identityId = null, details = {} }) => ({
      id: newId(),
      projectId: actor.projectId,
      type,
      actorKind: actor.kind,
      actorId: actor.id,
      identityId,
      requestId: actor.requestId,
      address: actor.address,
      details,
      createdAt,
    })),
  );
  afterCommit(tx, () => events.forEach(countSignIn));
}

/** A code whose refusal is written down may be for another purpose than to sign in; only a passkey's says its method. */
function countSignIn({ type, details = {} }: EventRecord): void {
  const isRefused = type === 'sign_in.refused';
  if (!isRefused && type !== 'session.started' && type !== 'session.replaced') return;
  if (details.purpose === 'step_up' || details.purpose === 'email_change') return;
  const method = String(details.method ?? 'code');
  metrics().signIns.inc({ method, outcome: isRefused ? 'refused' : 'signed_in' });
}
