import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { queuedJob } from '@/lib/queue/service';
import * as rows from '../repository';
import { RUN, runImport } from './run';

const DAY_MILLIS = 24 * 60 * 60 * 1000;
/** Results are kept as long. */
const RETENTION_DAYS = 30;

export const importJobs: Job[] = [
  queuedJob({ name: RUN, run: runImport }),
  { name: 'import.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purgeImports(new Date(), signal) },
];

/** Uploads that were neither imported nor cancelled within a day, and old results. */
export async function purgeImports(now: Date, signal?: AbortSignal): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MILLIS);
  await deleteInSteps((limit) => rows.deleteIdle(['receiving', 'ready', 'checked'], before(1), limit), { signal });
  await deleteInSteps((limit) => rows.deleteIdle(['finished'], before(RETENTION_DAYS), limit), { signal });
  await rows.clearKeys(before(1));
}
