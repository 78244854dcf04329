import { commitHorizon } from '@/lib/platform/db/commit-horizon';
import type { Tx } from '@/lib/platform/db/transaction';
import type { AuditEvent, AuditFilter } from '../model';
import type { FieldChange } from '../model/undo';
import { listEvents, listFieldChanges, listIdentityEvents } from '../repository';

/**
 * As `listEvents`, for clients that poll the log: returns an event only once no older one can still be committed, so
 * that a client that continues from its last event misses none.
 */
export async function listSettledEvents(
  projectId: string,
  filter: AuditFilter,
  page: { before?: string | undefined; limit: number },
): Promise<AuditEvent[]> {
  const horizon = await commitHorizon();
  const until = filter.until && filter.until < horizon ? filter.until : horizon;
  return listEvents(projectId, { ...filter, until }, page);
}

const MAX_SEARCHED = 50;

/** The actors who last changed these fields of an identity, by pointer. Fields not changed lately are absent. */
export async function findLastAuthors(
  projectId: string,
  identityId: string,
  pointers: string[],
): Promise<Map<string, string | null>> {
  const events = await listIdentityEvents(projectId, identityId, MAX_SEARCHED);
  const newest = (pointer: string) => events.find(({ details }) => Object.hasOwn(Object(details.changes), pointer));
  return new Map(
    pointers.flatMap((pointer) => {
      const event = newest(pointer);
      return event ? [[pointer, event.actorId] as const] : [];
    }),
  );
}

const CHANGES_STEP = 1000;

/** The changes of an identity's fields after an event, newest first; at most `max` of them, the oldest. */
export async function listChangesSince(
  projectId: string,
  identityId: string,
  event: string,
  { tx, max = Number.POSITIVE_INFINITY }: { tx?: Tx; max?: number } = {},
): Promise<FieldChange[]> {
  const found: FieldChange[] = [];
  for (let after = event; ; ) {
    const limit = Math.min(CHANGES_STEP, max - found.length);
    const changes = await listFieldChanges(projectId, identityId, { after, limit }, tx);
    found.push(...changes);
    const last = changes.at(-1);
    if (!last || changes.length < limit || found.length >= max) return found.reverse();
    after = last.id;
  }
}
