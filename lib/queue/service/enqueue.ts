import { afterCommit, type Tx } from '@/lib/platform/db/transaction';
import { wakeWorker } from '@/lib/platform/job';
import { jobId } from '../model';
import { insertJob } from '../repository';

type NewJob = {
  /** The name of the `queuedJob` that runs it. */
  kind: string;
  /** Unique within the kind. */
  key: string;
  /** Deleted with this project; null: belongs to the installation. */
  projectId: string | null;
  /** Stored as JSON text. Never a secret, never personal data. */
  payload?: unknown;
};

/** Queues work in the transaction of its cause, once per key. The commit wakes this process's worker. */
export async function enqueue(tx: Tx, { kind, key, projectId, payload }: NewJob): Promise<void> {
  await insertJob(tx, { id: jobId(kind, key), kind, projectId, payload, now: new Date() });
  afterCommit(tx, () => wakeWorker(kind));
}
