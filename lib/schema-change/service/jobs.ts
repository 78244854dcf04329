import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { type Job, PURGE_EVERY_SECONDS } from '@/lib/platform/job';
import { queuedJob, runNow } from '@/lib/queue/service';
import * as rows from '../repository';
import { runSchemaChange } from './run';
import { RUN } from './start';

/** Results are kept as long, and with them the undo. */
const RETENTION_DAYS = 30;

const RUNNER = { name: RUN, run: runSchemaChange };

export const schemaChangeJobs: Job[] = [
  queuedJob(RUNNER),
  { name: 'schema-change.purge', everySeconds: PURGE_EVERY_SECONDS, run: (signal) => purge(new Date(), signal) },
];

/** Runs a started job in this process, as `runNow`; `busy` while a server does. */
export function finishSchemaChange(id: string, signal: AbortSignal): Promise<'done' | 'busy' | 'absent'> {
  return runNow(RUNNER, id, signal);
}

async function purge(now: Date, signal: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - RETENTION_DAYS * 24 * 60 * 60 * 1000);
  return deleteInSteps((limit) => rows.deleteFinishedBefore(before, limit), { signal });
}
