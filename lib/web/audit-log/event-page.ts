import type { AuditEvent, AuditFilter } from '@/lib/audit/model';
import { listEvents } from '@/lib/audit/service';
import type { ProjectProof } from '@/lib/web/console';
import { type CursorPage, readCursorPage, type Search } from '@/lib/web/cursor-page';

/** The events of a project on the page that `after` or `before` in the URL names; otherwise the newest. */
export async function readEventPage(
  { project }: Pick<ProjectProof, 'project'>,
  filter: AuditFilter,
  search: Search,
  size: number,
): Promise<CursorPage<AuditEvent>> {
  return readCursorPage(search, size, (at) => listEvents(project.id, filter, at));
}
