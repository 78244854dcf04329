import { setTimeout as wait } from 'node:timers/promises';
import { withLeftOut } from '@/lib/job/model';
import { actAs, JobEndedError } from '@/lib/job/service';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { type ClaimedJob, LeaseLostError } from '@/lib/queue/model';
import { holdLease } from '@/lib/queue/service';
import type { BulkAction, LeftOutReason, Outcome } from '../model';
import * as rows from '../repository';
import { applyTo } from './apply';
import { type Order, openOrder, pagesOf } from './selection';

/** After this many claims an identity whose change keeps failing is left out. */
const MAX_ATTEMPTS = 4;
/** Five mails a second: a mail server that is asked for more may refuse all. */
const MAIL_PAUSE_MILLIS = 200;

/**
 * The job: handles one identity after the other in ID order, each in a transaction under the lease that also stores the
 * position. If the process is killed, the next one continues behind the last committed identity.
 */
export async function runBulkAction(job: ClaimedJob, signal: AbortSignal): Promise<void> {
  const [projectId, id] = [job.projectId ?? '', job.id.slice(job.id.indexOf(':') + 1)];
  const action = await rows.findBulkAction(projectId, id);
  const order = action && openOrder(action);
  if (!order) return;
  const project = await getProject(projectId);
  try {
    for await (const ids of pagesOf(project, order.selection, action.position)) {
      for (const each of ids) {
        const startedAt = performance.now();
        signal.throwIfAborted();
        await handle({ job, project, order, projectId, id }, each);
        // Leaves others at least half of the time.
        await wait(action.kind === 'invite' ? MAIL_PAUSE_MILLIS : Math.min(performance.now() - startedAt, 50));
      }
    }
  } catch (error) {
    if (!(error instanceof JobEndedError)) throw error;
    if (error.why === 'not_permitted') await rows.updateEndedBy(projectId, id, error.why);
  }
  await transaction(async (tx) => {
    await holdLease(tx, job);
    await rows.updateFinished(tx, id, new Date());
  });
}

type Run = { job: ClaimedJob; project: Project; order: Order; projectId: string; id: string };

async function handle(run: Run, identityId: string): Promise<void> {
  try {
    await inStep(run, identityId, (tx, action) => act(tx, run, action, identityId));
  } catch (error) {
    const reason = reasonOf(error, run.job.attempts);
    if (reason === null) throw error;
    if (reason === 'failed')
      log.error('identity left out of a bulk action', {
        bulk_action: run.id,
        identity_id: identityId,
        ...errorFields(error),
      });
    await inStep(run, identityId, async () => ({ type: 'left_out', reason }));
  }
}

/** Null: an error that the whole job must see, and retry. */
function reasonOf(error: unknown, attempts: number): LeftOutReason | null {
  if (error instanceof JobEndedError || error instanceof LeaseLostError) return null;
  if (isAppError(error) && error.code === 'last_owner') return 'last_owner';
  if (isAppError(error) && error.code === 'not_found') return 'gone';
  if (isAppError(error) && (error.code === 'forbidden' || error.code === 'operator_protected')) return 'operator';
  if (isAppError(error) && (error.code === 'invalid_traits' || error.code === 'unknown_schema')) return 'invalid';
  if (isAppError(error) && error.code === 'identifier_taken') return 'taken';
  return attempts >= MAX_ATTEMPTS ? 'failed' : null;
}

/** One transaction: the lease, the identity, and the progress. */
async function inStep(
  { job, projectId, id }: Run,
  position: string,
  work: (tx: Tx, action: BulkAction) => Promise<Outcome>,
): Promise<void> {
  await transaction(async (tx) => {
    await holdLease(tx, job);
    const action = await rows.findBulkAction(projectId, id, tx);
    if (!action) throw new JobEndedError('stopped');
    const outcome = await work(tx, action);
    if (!(await rows.updateProgress(tx, id, progressOf(action, position, outcome)))) throw new JobEndedError('stopped');
  });
}

function progressOf(action: BulkAction, position: string, outcome: Outcome) {
  const { done, unchanged, endedSessions, leftOut } = action;
  switch (outcome.type) {
    case 'done':
      return { position, done: done + 1, unchanged, endedSessions: endedSessions + outcome.ended, leftOut };
    case 'unchanged':
      return { position, done, unchanged: unchanged + 1, endedSessions, leftOut };
    case 'left_out':
      return { position, done, unchanged, endedSessions, leftOut: withLeftOut(leftOut, position, outcome.reason) };
    case 'skipped':
      return { position, done, unchanged, endedSessions, leftOut };
  }
}

async function act(tx: Tx, { project, order, id }: Run, action: BulkAction, identityId: string): Promise<Outcome> {
  const by = await actAs(tx, project.id, id, order.principal);
  return applyTo(tx, { ...by, project, action, request: order.request, locale: order.locale }, identityId);
}
