import type { AuditEvent } from '@/lib/audit/model';
import { deleteIdentity } from '@/lib/identity/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { undoEvent } from '@/lib/undo/service';
import type { JobActor } from './principal';

/**
 * Undoes one event of a job. Refuses: as `undoEvent` and `deleteIdentity`. What the same job did later, such as adding
 * passkeys to an identity that it created, does not count as a change since.
 */
export async function undoOne(tx: Tx, { actor, guard }: JobActor, event: AuditEvent): Promise<void> {
  const id = event.identityId ?? '';
  const options = { tx, guard };
  if (event.type === 'identity.restored') await deleteIdentity(actor, id, options);
  else await undoEvent(actor, id, event.id, { ...options, jobId: event.jobId });
}
