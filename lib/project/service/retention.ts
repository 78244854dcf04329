import { purgeEvents } from '@/lib/audit/service';
import { systemActor } from '@/lib/platform/actor';
import { listAllProjects } from '../repository';

const DAY_MILLIS = 86_400_000;

/** Deletes audit events past their project's retention; resolves to their number. */
export async function purgeAuditEvents(now = new Date(), signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (const { project } of await listAllProjects()) {
    const { id, auditRetentionDays: days } = project;
    if (days === null) continue;
    total += await purgeEvents(systemActor(id), new Date(now.getTime() - days * DAY_MILLIS), signal);
  }
  return total;
}
