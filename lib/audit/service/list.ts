import { commitHorizon } from '@/lib/platform/db/commit-horizon';
import type { AuditEvent, AuditFilter } from '../model';
import { listEvents } from '../repository';

/**
 * As `listEvents`, for programs that follow the log: an event is shown once nothing older can appear any more, so that a client that has
 * read up to it misses nothing.
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
