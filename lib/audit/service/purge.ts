import type { Actor } from '@/lib/platform/actor';
import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { transaction } from '@/lib/platform/db/transaction';
import { deleteEventsBefore } from '../repository';
import { recordEvent } from './record';

/**
 * Deletes the events older than `before` and records the purge as an event, in the transaction of the first step.
 * Resolves to the number deleted.
 */
export async function purgeEvents(actor: Actor, before: Date, signal?: AbortSignal): Promise<number> {
  let isRecorded = false;
  return deleteInSteps(
    async (limit) => {
      const count = await transaction(async (tx) => {
        const deleted = await deleteEventsBefore(tx, actor.projectId, before, limit);
        if (deleted > 0 && !isRecorded) {
          await recordEvent(tx, actor, { type: 'audit_event.purged', details: { before: before.toISOString() } });
        }
        return deleted;
      });
      isRecorded ||= count > 0;
      return count;
    },
    { signal },
  );
}
