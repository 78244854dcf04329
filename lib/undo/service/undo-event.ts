import type { AuditEvent } from '@/lib/audit/model';
import { type FieldChange, withoutUndone } from '@/lib/audit/model/undo';
import { findEvent, listChangesSince } from '@/lib/audit/service';
import { findPasskey, renamePasskey } from '@/lib/credential/service';
import type { Guard, Identity } from '@/lib/identity/model';
import type { Preconditions } from '@/lib/identity/model/precondition';
import {
  deleteIdentity,
  getIdentity,
  getIdentityForWrite,
  lockIdentity,
  restoreIdentity,
  undoConflict,
  undoIdentityChange,
} from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError, type UndoObstacle } from '@/lib/platform/errors';
import { toPointer } from '@/lib/platform/json';
import { finalObstacle, undoStateOf } from '../model';

type Condition = Preconditions & { guard?: Guard | undefined };
export type UndoOptions = Condition & {
  tx?: Tx | undefined;
  /** Of the job that is undone as a whole: what it did to an identity that it created does not count as a later change. */
  jobId?: string | null;
};

/**
 * Undoes one event of an identity: exactly its fields get their former values, as a new change by this actor, which can
 * itself be undone. Undoing a creation deletes the identity, undoing a deletion restores it. Every rule of a change applies; a restored address is unverified, and activation revives nothing.
 * Refuses: `not_found`, also for an event of another identity; `undo_conflict` with the fields that later changes touched;
 * `undo_impossible` with the obstacle; and as `changeIdentity`.
 */
export async function undoEvent(
  actor: Actor,
  identityId: string,
  eventId: string,
  { tx: outer, jobId = null, ...condition }: UndoOptions = {},
): Promise<Identity> {
  return transaction(async (tx) => {
    const id = identityId.toLowerCase();
    // Of two people who undo at once, the second sees the first one's event.
    await lockIdentity(tx, actor.projectId, id);
    const event = await findEventOf(tx, actor.projectId, id, eventId);
    if (event.type === 'identity.deleted') return undoDeletion(tx, actor, event, condition);
    const current = await getIdentityForWrite(tx, actor, id, condition);
    const { later, conflictId } = await requireUndoable(tx, event, jobId);
    if (event.type === 'identity.created') return undoCreation(tx, actor, current, conflictId);
    return event.type === 'passkey.renamed'
      ? undoRename(tx, actor, current, event, conflictId)
      : undoIdentityChange(tx, actor, id, event, later);
  }, outer);
}

async function findEventOf(tx: Tx, projectId: string, identityId: string, eventId: string): Promise<AuditEvent> {
  const event = await findEvent(projectId, eventId.toLowerCase(), tx);
  if (event?.identityId !== identityId) throw new AppError('not_found');
  return event;
}

/** The changes since that have not been undone themselves, newest first. Refuses: `undo_impossible`. */
async function requireUndoable(tx: Tx, event: AuditEvent, jobId: string | null = null) {
  const obstacle = finalObstacle(event);
  if (obstacle) throw impossible(obstacle);
  const { projectId, identityId, id } = event;
  const since = await listChangesSince(projectId, identityId ?? '', id, { tx });
  const isOwn = (change: FieldChange) => event.type === 'identity.created' && change.jobId === jobId;
  const changes = jobId === null ? since : since.filter((change) => !isOwn(change));
  const state = undoStateOf(event, changes);
  if (state.obstacle === 'undone' || state.obstacle === 'gone') throw impossible(state.obstacle, state.eventId);
  const { remaining } = withoutUndone([...changes, event]);
  return { later: remaining.filter((change) => change.id !== id), conflictId: state.eventId };
}

/** Refuses: `undo_impossible`, and as `restoreIdentity`. */
async function undoDeletion(tx: Tx, actor: Actor, event: AuditEvent, condition: Condition): Promise<Identity> {
  await requireUndoable(tx, event);
  return restoreIdentity(actor, event.identityId ?? '', { ...condition, tx });
}

/** Resolves to the identity that was deleted. Refuses: `undo_conflict` if it was changed since, and as `deleteIdentity`. */
async function undoCreation(tx: Tx, actor: Actor, current: Identity, later: string | null): Promise<Identity> {
  if (later !== null) throw undoConflict([{ pointer: '', before: null, after: null, now: null, eventId: later }]);
  await deleteIdentity(actor, current.id, { tx });
  return current;
}

/** Refuses: `undo_conflict`, `undo_impossible`. */
async function undoRename(tx: Tx, actor: Actor, current: Identity, event: AuditEvent, later: string | null) {
  const { passkey_id: passkeyId, before, name: after } = event.details;
  const { projectId, id } = current;
  const passkey = await findPasskey(projectId, id, String(passkeyId), tx);
  if (!passkey) throw impossible('gone');
  const names = { before: String(before), after: String(after), now: passkey.name };
  if (later !== null || (names.now !== names.after && names.now !== names.before))
    throw undoConflict([{ pointer: toPointer(['passkeys', passkey.id, 'name']), ...names, eventId: later }]);
  if (names.now === names.before) throw impossible('unchanged');
  await renamePasskey(actor, id, passkey.id, names.before, { tx, undoes: event.id });
  return getIdentity(projectId, id, tx);
}

const REASONS: Record<UndoObstacle, string> = {
  kind: 'Changes of this kind are final',
  erased: 'The values of this event were erased',
  undone: 'It has been undone already',
  unchanged: 'Every field already has the value it had before',
  gone: 'What this change concerns no longer exists',
};

function impossible(undoObstacle: UndoObstacle, eventId: string | null = null): AppError {
  const reason = eventId === null ? REASONS[undoObstacle] : `${REASONS[undoObstacle]}, by the event ${eventId}`;
  return new AppError('undo_impossible', { undoObstacle, reason });
}
