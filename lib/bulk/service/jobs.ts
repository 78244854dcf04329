import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { queuedJob } from '@/lib/queue/service';
import * as rows from '../repository';
import { runBulkAction } from './run';
import { RUN } from './start';

/** Results are kept as long. */
const RETENTION_DAYS = 30;

export const BULK_RUNNER = { name: RUN, run: runBulkAction };

export const bulkJobs: Job[] = [
  queuedJob(BULK_RUNNER),
  { name: 'bulk.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purgeBulkActions(new Date(), signal) },
];

async function purgeBulkActions(now: Date, signal: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - RETENTION_DAYS * 24 * 60 * 60 * 1000);
  return deleteInSteps((limit) => rows.deleteFinishedBefore(before, limit), { signal });
}
