import { systemActor } from '@/lib/platform/actor';
import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { transaction } from '@/lib/platform/db/transaction';
import * as bin from '../repository/recycle-bin';
import { purgeDeleted } from './delete';

/**
 * Deletes identities permanently whose time in the recycle bin has ended, in small steps: an interrupted run leaves the
 * rest for the next one. Resolves to their number.
 */
export async function purgeDueIdentities(now: Date, signal?: AbortSignal): Promise<number> {
  return deleteInSteps(
    (limit) =>
      transaction(async (tx) => {
        const due = await bin.listDue(tx, now, limit);
        for (const deleted of due) await purgeDeleted(tx, systemActor(deleted.projectId), deleted);
        return due.length;
      }),
    { signal },
  );
}
