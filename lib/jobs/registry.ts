import type { JobFilter, JobView, JobWindow, Principal } from '@/lib/job/model';
import { findClaims, startUndoJob } from '@/lib/job/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { JOB_SOURCES } from './sources';

export const JOB_KINDS: readonly string[] = JOB_SOURCES.flatMap(({ kinds }) => kinds);

/** The jobs of a project, whichever noun does them: newest first. */
export async function listJobs(projectId: string, filter: JobFilter, window: JobWindow): Promise<JobView[]> {
  const covered = JOB_SOURCES.filter(({ kinds }) => filter.kinds?.some((kind) => kinds.includes(kind)) ?? true);
  const lists = await Promise.all(covered.map((source) => source.list(projectId, filter, window)));
  const newest = lists.flat().sort((a, b) => (a.id < b.id ? 1 : -1));
  return withUndo(projectId, newest.slice(0, window.limit));
}

/** Refuses: `not_found`, also for a job of another project. */
export async function getJob(projectId: string, id: string, tx?: Tx): Promise<JobView> {
  const job = await findIn(projectId, id, tx);
  const [known] = job ? await withUndo(projectId, [job], tx) : [];
  if (!known) throw new AppError('not_found');
  return known;
}

/** Those of the project among these, in no order. */
export async function findJobs(projectId: string, ids: string[]): Promise<JobView[]> {
  const found = await Promise.all(ids.map((id) => findIn(projectId, id)));
  return found.filter((job) => job !== null);
}

/** Ends a job before its next identity; what it did remains. Refuses: `not_found`. */
export async function stopJob(projectId: string, id: string, tx?: Tx): Promise<JobView> {
  const job = await getJob(projectId, id, tx);
  await sourceOf(job).stop(projectId, job.id, tx);
  return getJob(projectId, job.id, tx);
}

/** Runs a started job in this process; does nothing while a server does. Refuses: `not_found`. */
export async function finishJob(projectId: string, id: string, signal: AbortSignal): Promise<void> {
  await sourceOf(await getJob(projectId, id)).finish(id, signal);
}

/**
 * Starts the undo of a whole job and resolves to the job that does it; for a job that is undone already, to that one.
 * Refuses: `not_found`, `job_undo_impossible`, `rate_limited`.
 */
export async function undoJob(principal: Principal, projectId: string, id: string, tx?: Tx): Promise<JobView> {
  const { undo, ...job } = await getJob(projectId, id, tx);
  if (!undo.possible) {
    if (undo.jobId !== undefined) return getJob(projectId, undo.jobId, tx);
    throw new AppError('job_undo_impossible', { reason: REASONS[undo.reason] });
  }
  const start = sourceOf(job).undo ?? startUndoJob;
  return getJob(projectId, await start(principal, projectId, job.id, { tx }), tx);
}

const REASONS = {
  unfinished: 'The job is unfinished: stop it or wait',
  nothing_changed: 'The job changed nothing',
  not_undoable: 'What this kind of job does cannot be undone',
  undone: 'The job is undone already',
} as const;

/** Adds the jobs that undo these, event by event. A source with an undo of its own knows its own. */
async function withUndo(projectId: string, jobs: JobView[], tx?: Tx): Promise<JobView[]> {
  const candidates = jobs.flatMap(({ id, undo }) => (undo.possible ? [id] : []));
  const claims = await findClaims(projectId, candidates, tx);
  return jobs.map((job) => {
    const jobId = claims.get(job.id);
    return jobId === undefined ? job : { ...job, undo: { possible: false, reason: 'undone', jobId } };
  });
}

async function findIn(projectId: string, id: string, tx?: Tx): Promise<JobView | null> {
  if (!isUuid(id)) return null;
  for (const source of JOB_SOURCES) {
    const job = await source.find(projectId, id.toLowerCase(), tx);
    if (job) return job;
  }
  return null;
}

function sourceOf({ kind }: Pick<JobView, 'kind'>) {
  const source = JOB_SOURCES.find(({ kinds }) => kinds.includes(kind));
  if (!source) throw new AppError('not_found');
  return source;
}
