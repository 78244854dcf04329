import type { Application } from '@/lib/application/model';
import { listApplications } from '@/lib/application/service';
import { isUuid } from '@/lib/platform/ids';

const PAGE_SIZE = 50;

type Page = { applications: Application[]; newer: string | undefined; older: string | undefined };
type Search = Record<string, string | string[] | undefined>;

/** Reads one more than shown, to know whether another page follows. An invalid cursor means the newest page. */
export async function pageOf(projectId: string, search: Search): Promise<Page> {
  const after = cursor(search.after);
  const newer = after ? await listApplications(projectId, { after, limit: PAGE_SIZE + 1 }) : [];
  if (newer.length > 0) {
    const applications = newer.slice(-PAGE_SIZE);
    const hasMore = newer.length > PAGE_SIZE;
    return { applications, newer: hasMore ? applications[0]?.id : undefined, older: applications.at(-1)?.id };
  }
  const before = cursor(search.before);
  const found = await listApplications(projectId, { before, limit: PAGE_SIZE + 1 });
  const applications = found.slice(0, PAGE_SIZE);
  return {
    applications,
    newer: before ? applications[0]?.id : undefined,
    older: found.length > PAGE_SIZE ? applications.at(-1)?.id : undefined,
  };
}

function cursor(value: Search[string]): string | undefined {
  return typeof value === 'string' && isUuid(value) ? value : undefined;
}
