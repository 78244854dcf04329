import type { Actor } from '@/lib/platform/actor';
import { recordInPreview } from '@/lib/platform/db/preview';
import { afterCommit, type Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { wakeWorker } from '@/lib/platform/job';
import { metrics } from '@/lib/platform/metrics';
import { type AuditEventType, WEBHOOK_JOB } from '../model';
import { insertEvents } from '../repository/insert';

export type EventRecord = {
  type: AuditEventType;
  identityId?: string | null;
  /** Also written to the details, as `organization_id`. */
  organizationId?: string;
  details?: Record<string, unknown>;
};

/** Records an event in the transaction of its change: no change without its event, no event without its change. */
export async function recordEvent(tx: Tx, actor: Actor, event: EventRecord): Promise<void> {
  await recordEvents(tx, actor, [event]);
}

/** Records several events, in this order. */
export async function recordEvents(tx: Tx, actor: Actor, events: EventRecord[]): Promise<void> {
  recordInPreview(events);
  const createdAt = new Date();
  insertEvents(
    tx,
    events.map(({ type, identityId = null, organizationId, details = {} }) => ({
      id: newId(),
      projectId: actor.projectId,
      type,
      actorKind: actor.kind,
      actorId: actor.id,
      identityId,
      organizationId: organizationId ?? null,
      requestId: actor.requestId,
      address: actor.address,
      jobId: actor.jobId ?? null,
      details: { ...details, ...(organizationId !== undefined && { organization_id: organizationId }) },
      createdAt,
    })),
    () => afterCommit(tx, () => wakeWorker(WEBHOOK_JOB)),
  );
  afterCommit(tx, () => events.forEach(countSignIn));
}

/** A refused code may be for another purpose than sign-in. Only passkey refusals record a method. */
function countSignIn({ type, details = {} }: EventRecord): void {
  const isRefused = type === 'sign_in.refused';
  if (!isRefused && type !== 'session.started' && type !== 'session.replaced') return;
  if (details.purpose === 'step_up' || details.purpose === 'email_change') return;
  const method = String(details.method ?? 'code');
  metrics().signIns.inc({ method, outcome: isRefused ? 'refused' : 'signed_in' });
}
