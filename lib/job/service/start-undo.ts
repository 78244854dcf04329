import { countJobEvents } from '@/lib/audit/service';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { encrypt } from '@/lib/platform/secret';
import { enqueue } from '@/lib/queue/service';
import type { Principal, UndoJob } from '../model';
import * as rows from '../repository';
import { UNDOABLE_TYPES } from './undoable';

export const RUN_UNDO = 'job.undo';

/** Unfinished undo jobs of a project. */
const MAX_UNFINISHED = 10;

/**
 * Queues the undo of a job, which the caller has found to be possible, and resolves to its ID. Of concurrent calls for
 * one job, one starts it; the others get the same ID. Refuses: `rate_limited`.
 */
export async function startUndoJob(
  principal: Principal,
  projectId: string,
  undoes: string,
  { tx }: { tx?: Tx | undefined } = {},
): Promise<string> {
  const total = await countJobEvents(projectId, undoes, UNDOABLE_TYPES);
  const id = newId();
  const job: UndoJob = {
    ...{ id, projectId, undoes, claim: undoes, total },
    actorKind: principal.kind,
    actorId: principal.kind === 'cli' ? null : principal.id,
    principal: encrypt('job', JSON.stringify(principal), id),
    ...{ position: null, done: 0, unchanged: 0, leftOut: { counts: {}, people: [] }, endedBy: null },
    ...{ createdAt: new Date(), finishedAt: null },
  };
  return transaction((inner) => insert(inner, job), tx);
}

async function insert(tx: Tx, job: UndoJob): Promise<string> {
  const known = await claimOf(job.projectId, job.undoes, tx);
  if (known !== null) return known;
  if ((await rows.countUnfinished(tx, job.projectId)) >= MAX_UNFINISHED)
    throw new AppError('rate_limited', { retryAfterSeconds: 60 });
  try {
    await rows.insertUndoJob(tx, job);
  } catch (cause) {
    // The retry finds the other one.
    if (isUniqueViolation(cause, 'claim')) throw new ConcurrentUpdateError();
    throw cause;
  }
  await enqueue(tx, { kind: RUN_UNDO, key: job.id, projectId: job.projectId });
  return job.id;
}

async function claimOf(projectId: string, undoes: string, tx?: Tx): Promise<string | null> {
  return (await rows.findClaims(projectId, [undoes], tx)).get(undoes) ?? null;
}
