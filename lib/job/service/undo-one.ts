import type { AuditEvent } from '@/lib/audit/model';
import { FIELD_CHANGE_TYPES, withoutUndone } from '@/lib/audit/model/undo';
import { listEvents } from '@/lib/audit/service';
import { deleteIdentity, lockIdentity, restoreIdentity } from '@/lib/identity/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { undoEvent } from '@/lib/undo/service';
import type { JobActor } from './principal';

/**
 * Undoes one event of a job: a deletion from the recycle bin, a creation by deletion, a change field by field.
 * Refuses: as `undoEvent`, `restoreIdentity` and `deleteIdentity`; `undo_conflict` for a creation whose identity was
 * changed since.
 */
export async function undoOne(tx: Tx, { actor, guard }: JobActor, event: AuditEvent): Promise<void> {
  const id = event.identityId ?? '';
  const options = { tx, guard };
  switch (event.type) {
    case 'identity.deleted':
      await restoreIdentity(actor, id, options);
      return;
    case 'identity.created':
      await lockIdentity(tx, event.projectId, id);
      if (await isChangedSince(event)) throw new AppError('undo_conflict');
      await deleteIdentity(actor, id, options);
      return;
    case 'identity.restored':
      await deleteIdentity(actor, id, options);
      return;
    default:
      await undoEvent(actor, id, event.id, options);
  }
}

const MAX_READ = 200;

/** By anything but the job itself, which may also have added passkeys. */
async function isChangedSince({ projectId, identityId, id, jobId }: AuditEvent): Promise<boolean> {
  const events = await listEvents(projectId, { identityId: identityId ?? '' }, { after: id, limit: MAX_READ });
  const changes = events.filter(
    (event) => event.jobId !== jobId && FIELD_CHANGE_TYPES.some((type) => type === event.type),
  );
  return withoutUndone(changes).remaining.length > 0;
}
