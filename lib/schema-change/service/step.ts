import { JobEndedError } from '@/lib/job/service';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import type { ClaimedJob } from '@/lib/queue/model';
import { holdLease } from '@/lib/queue/service';
import type { SchemaChange } from '../model';
import * as rows from '../repository';

/** A job under its lease. `signal` aborts when the worker stops or the lease is lost. */
export type Run = { job: ClaimedJob; signal: AbortSignal; projectId: string; id: string };

/** One transaction: the lease, the work, and the progress that it returns. Throws `JobEndedError` once it was stopped. */
export async function inStep(
  { job, projectId, id }: Run,
  work: (tx: Tx, change: SchemaChange) => Promise<SchemaChange>,
): Promise<SchemaChange> {
  return transaction(async (tx) => {
    await holdLease(tx, job);
    const change = await rows.findSchemaChange(projectId, id, tx);
    if (!change) throw new JobEndedError('stopped');
    const next = await work(tx, change);
    if (!(await rows.updateProgress(tx, id, next))) throw new JobEndedError('stopped');
    return next;
  });
}
