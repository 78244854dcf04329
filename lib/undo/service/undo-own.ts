import type { AuditEvent } from '@/lib/audit/model';
import { fieldChangesOf } from '@/lib/audit/model/undo';
import { findEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { fieldsOf, isSelfEditable } from '@/lib/schema/model';
import { getSchema } from '@/lib/schema/service';
import { undoEvent } from './undo-event';

/**
 * A person undoes their own change: of traits they may edit, or of a passkey's name. An email address is restored by the
 * link mailed to it only, and a trait that is written once stays. Refuses: `forbidden`, and as `undoEvent`.
 */
export async function undoOwnEvent(actor: Actor, eventId: string): Promise<Identity> {
  return transaction(async (tx) => {
    const event = await findEvent(actor.projectId, eventId, tx);
    if (!event || actor.id === null || event.identityId !== actor.id) throw new AppError('not_found');
    if (!(await isOpen(actor, event, tx))) throw new AppError('forbidden');
    return undoEvent(actor, actor.id, event.id, { tx });
  });
}

/** Whether the person may undo this event, if nothing else prevents it. */
export async function canUndoOwn(actor: Actor, eventId: string): Promise<boolean> {
  const event = await findEvent(actor.projectId, eventId);
  return event !== null && (await isOpen(actor, event));
}

async function isOpen({ projectId, kind, id }: Actor, event: AuditEvent, tx?: Tx): Promise<boolean> {
  const isOwn =
    kind === 'identity' && event.actorKind === 'identity' && event.actorId === id && event.identityId === id;
  if (!isOwn || id === null) return false;
  if (event.type === 'passkey.renamed') return true;
  const { schemaId, schemaVersion } = await getIdentity(projectId, id, tx);
  const { document } = await getSchema(projectId, schemaId, schemaVersion, tx);
  const open = fieldsOf(document).filter(
    (field) => field.selfService !== 'writeOnce' && isSelfEditable(field, undefined),
  );
  return Object.keys(fieldChangesOf(event)).every((pointer) =>
    open.some((field) => pointer === field.pointer || pointer.startsWith(`${field.pointer}/`)),
  );
}
