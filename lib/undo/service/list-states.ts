import type { AuditEvent } from '@/lib/audit/model';
import { listChangesSince } from '@/lib/audit/service';
import { type UndoState, undoStateOf } from '../model';

/**
 * Whether each of these events of one identity can be undone, as far as the events say; undoing decides. `events`: newest
 * first.
 */
export async function listUndoStates(
  projectId: string,
  events: readonly AuditEvent[],
): Promise<Map<string, UndoState>> {
  const oldest = events.at(-1);
  if (!oldest?.identityId) return new Map();
  const changes = await listChangesSince(projectId, oldest.identityId, oldest.id, { max: MAX_READ });
  return new Map(
    events.map((event) => {
      const later = changes.filter(({ id }) => id > event.id);
      return [event.id, undoStateOf(event, later)];
    }),
  );
}

/** A page reads no more, however far back it is. */
const MAX_READ = 1000;
