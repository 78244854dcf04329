import { setTimeout as wait } from 'node:timers/promises';
import type { AuditEvent } from '@/lib/audit/model';
import { listJobEvents } from '@/lib/audit/service';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { type ErrorCode, isAppError, type UndoObstacle } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { decrypt } from '@/lib/platform/secret';
import { type ClaimedJob, LeaseLostError } from '@/lib/queue/model';
import { holdLease } from '@/lib/queue/service';
import { type Principal, type UndoJob, withLeftOut } from '../model';
import * as rows from '../repository';
import { actAs, JobEndedError, principal } from './principal';
import { undoOne } from './undo-one';
import { UNDOABLE_TYPES } from './undoable';

/** After this many claims an event whose undo keeps failing is left out. */
const MAX_ATTEMPTS = 4;
const STEP = 200;

/**
 * The job: undoes one event after the other, newest first, each in a transaction under the lease that also stores the
 * position. If the process is killed, the next one continues behind the last committed event.
 */
export async function runUndoJob(job: ClaimedJob, signal: AbortSignal): Promise<void> {
  const [projectId, id] = [job.projectId ?? '', job.id.slice(job.id.indexOf(':') + 1)];
  const found = await rows.findUndoJob(projectId, id);
  if (!found || found.principal === null) return;
  const by = principal.parse(JSON.parse(decrypt('job', found.principal, id)));
  const run: Run = { job, projectId, id, principal: by };
  try {
    for await (const event of eventsOf(found)) {
      const startedAt = performance.now();
      signal.throwIfAborted();
      await handle(run, event);
      // Leaves others at least half of the time.
      await wait(Math.min(performance.now() - startedAt, 50));
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

type Run = { job: ClaimedJob; projectId: string; id: string; principal: Principal };

async function* eventsOf({ projectId, undoes, position }: UndoJob): AsyncGenerator<AuditEvent> {
  for (let before = position; ; ) {
    const events = await listJobEvents(projectId, undoes, before, STEP);
    yield* events.filter(({ type }) => UNDOABLE_TYPES.includes(type));
    if (events.length < STEP) return;
    before = events.at(-1)?.id ?? null;
  }
}

type Outcome = 'done' | 'unchanged' | { leftOut: string };

async function handle(run: Run, event: AuditEvent): Promise<void> {
  try {
    await inStep(run, event, (tx) => act(tx, run, event));
  } catch (error) {
    const outcome = outcomeOf(error, run.job.attempts);
    if (outcome === null) throw error;
    if (typeof outcome === 'object' && outcome.leftOut === 'failed')
      log.error('event left out of an undo', { undo_job: run.id, event_id: event.id, ...errorFields(error) });
    await inStep(run, event, async () => outcome);
  }
}

async function act(tx: Tx, { projectId, id, principal: by }: Run, event: AuditEvent): Promise<Outcome> {
  const actor = await actAs(tx, projectId, id, by);
  if (event.identityId === null) return 'unchanged';
  await undoOne(tx, actor, event);
  return 'done';
}

/** What a refusal says about the identity. Anything else that is refused is `refused`. */
const REASONS: Partial<Record<ErrorCode, string>> = {
  not_found: 'gone',
  forbidden: 'operator',
  operator_protected: 'operator',
  last_owner: 'last_owner',
  undo_conflict: 'changed_since',
  invalid_traits: 'invalid',
  unknown_schema: 'invalid',
  identifier_taken: 'taken',
  external_id_taken: 'taken',
  restore_conflict: 'taken',
};

/** Null: an error that the whole job must see, and retry. */
function outcomeOf(error: unknown, attempts: number): Outcome | null {
  if (error instanceof JobEndedError || error instanceof LeaseLostError) return null;
  if (isAppError(error) && error.code !== 'overloaded') {
    if (error.code === 'undo_impossible') return fromObstacle(error.details.undoObstacle);
    return { leftOut: REASONS[error.code] ?? 'refused' };
  }
  return attempts >= MAX_ATTEMPTS ? { leftOut: 'failed' } : null;
}

/** An event that was undone before, or whose fields are as before for another reason, needs nothing. */
function fromObstacle(obstacle: UndoObstacle | undefined): Outcome {
  if (obstacle === 'unchanged' || obstacle === 'undone') return 'unchanged';
  return { leftOut: obstacle === 'gone' || obstacle === 'erased' ? obstacle : 'refused' };
}

/** One transaction: the lease, the event, and the progress. */
async function inStep(
  { job, projectId, id }: Run,
  event: AuditEvent,
  work: (tx: Tx) => Promise<Outcome>,
): Promise<void> {
  await transaction(async (tx) => {
    await holdLease(tx, job);
    const current = await rows.findUndoJob(projectId, id, tx);
    if (!current || current.endedBy !== null) throw new JobEndedError('stopped');
    const progress = progressOf(current, event, await work(tx));
    if (!(await rows.updateProgress(tx, id, progress))) throw new JobEndedError('stopped');
  });
}

function progressOf({ done, unchanged, leftOut }: UndoJob, event: AuditEvent, outcome: Outcome) {
  const position = event.id;
  if (outcome === 'done') return { position, done: done + 1, unchanged, leftOut };
  if (outcome === 'unchanged') return { position, done, unchanged: unchanged + 1, leftOut };
  return { position, done, unchanged, leftOut: withLeftOut(leftOut, event.identityId ?? '', outcome.leftOut) };
}
