import { commitHorizon } from '@/lib/platform/db/commit-horizon';
import type { AuditEvent, AuditFilter } from '../model';
import { listEvents } from '../repository';

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
