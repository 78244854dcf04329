import { type ClaimingJob, claimingJob } from '@/lib/platform/job';
import { type ClaimedJob, jobId } from '../model';
import * as rows from '../repository';
import { claimFirst, newLease } from './lease';
import { perform, type Work } from './perform';

export type QueuedJob = {
  name: string;
  /** Completes the work, or throws `signal.reason` once it aborts. Any other error causes a retry. */
  run: (job: ClaimedJob, signal: AbortSignal) => Promise<void>;
};

const MAX_PAUSE_SECONDS = 600;

/** Runs work queued by `enqueue`. Its row is deleted once done; failures are retried indefinitely. */
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
 * Runs one queued job in this process, due or not. Resolves to `done`, to `busy` while another process has the lease,
 * or to `absent` if there is no such job. Throws what the job throws; the next worker then retries it.
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
