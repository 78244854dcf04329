import { type ClaimingJob, claimingJob } from '@/lib/platform/job';
import { type ClaimedJob, jobId } from '../model';
import * as rows from '../repository';
import { claimFirst, newLease } from './lease';
import { perform, type Work } from './perform';

export type QueuedJob = {
  name: string;
  /** Works until all is done, or throws the reason of `signal` once it aborts. What it throws otherwise is retried. */
  run: (job: ClaimedJob, signal: AbortSignal) => Promise<void>;
};

const MAX_PAUSE_SECONDS = 600;

/** A job for work that was queued by `enqueue`. It is deleted once done, and retried without end when it fails. */
export function queuedJob({ name, run }: QueuedJob): ClaimingJob {
  return claimingJob({
    name,
    concurrency: 1,
    claimNext: (now) => claimFirst(now, (limit) => rows.listDue(name, now, limit)),
    run: async (job, signal) => {
      await perform(job, workOf(job, run), signal);
    },
  });
}

function workOf(job: ClaimedJob, run: QueuedJob['run']): Work {
  return {
    name: job.kind,
    run: (signal) => run(job, signal),
    onDone: () => rows.deleteJob(job),
    maxPauseSeconds: MAX_PAUSE_SECONDS,
    isLoggedWhenDone: true,
  };
}

/**
 * Runs one queued piece of work in this process, due or not. Resolves to `done`, to `busy` while another process has the lease,
 * and to `absent` when there is no such work. Throws what the work throws; it is then retried by the next worker.
 */
export async function runNow(
  { name, run }: QueuedJob,
  key: string,
  signal: AbortSignal,
): Promise<'done' | 'busy' | 'absent'> {
  const row = await rows.findJob(jobId(name, key));
  if (!row) return 'absent';
  const job = await rows.claim(row, newLease(new Date()));
  if (!job) return 'busy';
  const { outcome, error } = await perform(job, workOf(job, run), signal);
  if (outcome === 'lost') return 'busy';
  if (outcome !== 'done') throw error;
  return 'done';
}
