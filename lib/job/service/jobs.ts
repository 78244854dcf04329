import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { queuedJob } from '@/lib/queue/service';
import * as rows from '../repository';
import { runUndoJob } from './run-undo';
import { RUN_UNDO } from './start-undo';

/** How long the result of a job is kept, and its undo is offered. */
const RETENTION_DAYS = 30;

export const UNDO_RUNNER = { name: RUN_UNDO, run: runUndoJob };

export const undoJobs: Job[] = [
  queuedJob(UNDO_RUNNER),
  { name: 'job.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purgeUndoJobs(new Date(), signal) },
];

async function purgeUndoJobs(now: Date, signal: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - RETENTION_DAYS * 24 * 60 * 60 * 1000);
  return deleteInSteps((limit) => rows.deleteFinishedBefore(before, limit), { signal });
}
