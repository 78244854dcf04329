import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { deleteEventsBefore } from '../repository';
import { recordEvent } from './record';

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
