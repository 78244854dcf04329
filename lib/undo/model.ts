import { changedPointers, type FieldChange, fieldChangesOf, findConflict, withoutUndone } from '@/lib/audit/model/undo';
import type { UndoObstacle } from '@/lib/platform/errors';

/** Whether an event can be undone: `obstacle` is null, or why not. `eventId`: the later event that prevents it. */
export type UndoState = { obstacle: UndoObstacle | 'conflict' | null; eventId: string | null };

/** What cannot be undone, whatever happened later; null if the event can be. */
export function finalObstacle(event: FieldChange): UndoObstacle | null {
  const { type, details } = event;
  if (type === 'identity.updated') {
    // Account recovery and promotion removed what gave access; it never comes back.
    if (details.revoked === true) return 'kind';
    return Object.keys(fieldChangesOf(event)).length === 0 ? 'erased' : null;
  }
  if (type === 'identity.created') return Object.keys(fieldChangesOf(event)).length === 0 ? 'erased' : null;
  // Without a recycle bin, or by its owner, it was deleted permanently.
  if (type === 'identity.deleted') return typeof details.purge_at === 'string' ? null : 'kind';
  if (type === 'passkey.renamed') return typeof details.before === 'string' ? null : 'erased';
  return 'kind';
}

/** `later`: changes of the same identity since the event, newest first. */
export function undoStateOf(event: FieldChange, later: readonly FieldChange[]): UndoState {
  const obstacle = finalObstacle(event);
  if (obstacle) return { obstacle, eventId: null };
  const { remaining, undoneBy } = withoutUndone([...later, event]);
  const undo = undoneBy.get(event.id);
  if (undo) return { obstacle: 'undone', eventId: undo.id };
  const others = remaining.filter(({ id }) => id !== event.id);
  const restoration = others.find(({ type }) => type === 'identity.restored');
  if (event.type === 'identity.deleted')
    return { obstacle: restoration ? 'undone' : null, eventId: restoration?.id ?? null };
  const passkey = event.type === 'passkey.renamed' ? event.details.passkey_id : null;
  const removal = others.find(({ type, details }) => type === 'passkey.deleted' && details.passkey_id === passkey);
  if (removal) return { obstacle: 'gone', eventId: removal.id };
  const conflicts = changedPointers(event).map((pointer) => findConflict(event, pointer, others));
  const conflict = conflicts.find((change) => change !== undefined);
  return { obstacle: conflict ? 'conflict' : null, eventId: conflict?.id ?? null };
}

/** Whether undoing an event gives or takes access, as activating, deactivating and deleting do. */
export function changesAccess(event: FieldChange): boolean {
  if (event.type === 'identity.created' || event.type === 'identity.deleted') return true;
  return Object.hasOwn(fieldChangesOf(event), '/state');
}
