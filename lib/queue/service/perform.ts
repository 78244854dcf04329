import { backOffSeconds } from '@/lib/platform/back-off';
import { leaseEnd, withRenewedLease } from '@/lib/platform/lease';
import { errorFields, log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import { type ClaimedJob, LeaseLostError } from '../model';
import { renewLease, reschedule } from '../repository';

export type Work = {
  name: string;
  run: (signal: AbortSignal) => Promise<unknown>;
  /** Records the success. */
  onDone: () => Promise<void>;
  maxPauseSeconds: number;
  /** False for periodic jobs, which succeed too often to log each time. */
  isLoggedWhenDone: boolean;
};

/**
 * `interrupted`: the worker stopped and released the lease. `lost`: the lease expired and another process may have it.
 */
export type Outcome = 'done' | 'failed' | 'interrupted' | 'lost';

/**
 * Runs a claimed job while renewing its lease, and records the outcome. Never rejects: if the outcome cannot be
 * recorded, the job runs again once the lease has expired.
 */
export async function perform(
  job: ClaimedJob,
  work: Work,
  signal: AbortSignal,
): Promise<{ outcome: Outcome; error?: unknown }> {
  const fields = { job: work.name, job_id: job.id, attempts: job.attempts };
  if (job.isTakenOver) log.warn('job taken over', fields);
  const lost = new AbortController();
  const renew = async () => {
    if (!(await renewLease(job, leaseEnd(new Date())))) lost.abort(new LeaseLostError());
  };
  try {
    await withRenewedLease(renew, work.run(AbortSignal.any([signal, lost.signal])));
    await work.onDone();
    log[work.isLoggedWhenDone ? 'info' : 'debug']('job done', fields);
    return count(work, { outcome: 'done' });
  } catch (error) {
    if (error instanceof LeaseLostError) {
      log.warn('job lost its lease', fields);
      return count(work, { outcome: 'lost', error });
    }
    const isInterrupted = signal.aborted && error === signal.reason;
    if (isInterrupted) log.info('job handed over', fields);
    else log.warn('job failed', { ...fields, ...errorFields(error) });
    const pause = isInterrupted ? 0 : backOffSeconds(job.attempts, work.maxPauseSeconds, Math.random());
    const nextAt = new Date(Date.now() + pause * 1000);
    const attempts = isInterrupted ? job.attempts - 1 : job.attempts;
    await reschedule(job, nextAt, attempts).catch((cause: unknown) =>
      log.warn('job not rescheduled', { ...fields, ...errorFields(cause) }),
    );
    return count(work, { outcome: isInterrupted ? 'interrupted' : 'failed', error });
  }
}

function count<Result extends { outcome: Outcome }>({ name }: Work, result: Result): Result {
  metrics().jobs.inc({ job: name, outcome: result.outcome });
  return result;
}
