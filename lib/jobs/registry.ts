import type { JobFilter, JobView, JobWindow } from '@/lib/job/model';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { JOB_SOURCES } from './sources';

/** The jobs of a project, whichever noun does them: newest first. */
export async function listJobs(projectId: string, filter: JobFilter, window: JobWindow): Promise<JobView[]> {
  const covered = JOB_SOURCES.filter(({ kinds }) => filter.kinds?.some((kind) => kinds.includes(kind)) ?? true);
  const lists = await Promise.all(covered.map((source) => source.list(projectId, filter, window)));
  return lists
    .flat()
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, window.limit);
}

/** Refuses: `not_found`, also for a job of another project. */
export async function getJob(projectId: string, id: string, tx?: Tx): Promise<JobView> {
  const job = isUuid(id) ? await findIn(projectId, id.toLowerCase(), tx) : null;
  if (!job) throw new AppError('not_found');
  return job;
}

/** Ends a job before its next identity; what it did remains. Refuses: `not_found`. */
export async function stopJob(projectId: string, id: string, tx?: Tx): Promise<JobView> {
  const job = await getJob(projectId, id, tx);
  await sourceOf(job).stop(projectId, job.id, tx);
  return getJob(projectId, job.id, tx);
}

async function findIn(projectId: string, id: string, tx?: Tx): Promise<JobView | null> {
  for (const source of JOB_SOURCES) {
    const job = await source.find(projectId, id, tx);
    if (job) return job;
  }
  return null;
}

function sourceOf({ kind }: JobView) {
  const source = JOB_SOURCES.find(({ kinds }) => kinds.includes(kind));
  if (!source) throw new AppError('not_found');
  return source;
}
