import type { AuditEvent, AuditFilter } from '@/lib/audit/model';
import { listEvents } from '@/lib/audit/service';
import type { ProjectProof } from '@/lib/http/console';
import { isUuid } from '@/lib/platform/ids';
import type { Search } from './filters';

/** `newer` and `older` are the cursors of the neighbours, null where there are none. */
export type EventPage = { events: AuditEvent[]; newer: string | null; older: string | null };

/**
 * The events that `after` or `before` in an address lead to, else the newest. One event more than shown is read, to know
 * whether there is more that way. A cursor that is none means the newest.
 */
export async function readEventPage(
  { project }: Pick<ProjectProof, 'project'>,
  filter: AuditFilter,
  search: Search,
  pageSize: number,
): Promise<EventPage> {
  const after = cursor(search.after);
  const newer = after ? await listEvents(project.id, filter, { after, limit: pageSize + 1 }) : [];
  if (newer.length > 0) {
    const events = newer.slice(-pageSize);
    return { events, newer: newer.length > pageSize ? idOf(events[0]) : null, older: idOf(events.at(-1)) };
  }
  const before = cursor(search.before);
  const found = await listEvents(project.id, filter, { before, limit: pageSize + 1 });
  const events = found.slice(0, pageSize);
  const hasMore = found.length > pageSize;
  return { events, newer: before ? idOf(events[0]) : null, older: hasMore ? idOf(events.at(-1)) : null };
}

const idOf = (event: AuditEvent | undefined) => event?.id ?? null;

function cursor(value: Search[string]): string | undefined {
  return typeof value === 'string' && isUuid(value) ? value : undefined;
}
