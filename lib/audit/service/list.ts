import { commitHorizon } from '@/lib/platform/db/commit-horizon';
import type { AuditEvent, AuditFilter } from '../model';
import { listEvents, listIdentityEvents } from '../repository';

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
