import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { findJobs } from '@/lib/jobs/registry';
import { jobTitle } from '../users/jobs/job-text';

/** What the jobs that made these events did, by ID. Jobs are forgotten before their events. */
export async function jobTitles(projectId: string, events: AuditEvent[], locale: Locale): Promise<Map<string, string>> {
  const ids = [...new Set(events.flatMap(({ jobId }) => (jobId === null ? [] : [jobId])))];
  const jobs = await findJobs(projectId, ids);
  return new Map(jobs.map((job) => [job.id, jobTitle(job, locale)]));
}
