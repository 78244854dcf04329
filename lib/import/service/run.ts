import { setTimeout as wait } from 'node:timers/promises';
import { actAs, JobEndedError } from '@/lib/job/service';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { type ClaimedJob, LeaseLostError } from '@/lib/queue/model';
import { holdLease } from '@/lib/queue/service';
import { handledRows, type Import } from '../model';
import * as rows from '../repository';
import type { RowOutcome } from './apply';
import { removeRefused, removeUpload } from './discard';
import { openPrincipal } from './principal';
import { storeRefused } from './refused';
import { type Claims, checkRows, importRows, type StepContext } from './step';
import { addOutcomes, NO_TALLY, tallyOf } from './tally';
import { type Step, walk } from './walk';

export const RUN = 'import.run';
/** After this many claims an import that keeps failing is ended. */
const MAX_ATTEMPTS = 5;
/** Leaves others at least half of the time. */
const MAX_PAUSE_MILLIS = 50;

/**
 * The job: a dry run, or the import. Works through the rows in steps, each in a transaction under the lease that also
 * stores the position. If the process is killed, the next one continues behind the last committed step.
 */
export async function runImport(job: ClaimedJob, signal: AbortSignal): Promise<void> {
  const [projectId, id] = [job.projectId ?? '', job.id.slice(job.id.indexOf(':') + 1)];
  const one = await rows.findImport(projectId, id);
  if (!one || (one.phase !== 'checking' && one.phase !== 'importing')) return;
  const project = await getProject(projectId);
  try {
    if (one.principal !== null && one.endedBy === null) await work({ job, one, project, signal });
  } catch (error) {
    if (error instanceof LeaseLostError || (signal.aborted && error === signal.reason)) throw error;
    const why = error instanceof JobEndedError ? error.why : failureOf(error, job);
    if (why === null) throw error;
    if (why !== 'stopped') await rows.updateImport(one, [one.phase], { endedBy: why });
    if (why === 'failed') log.error('import failed', { import: id, ...errorFields(error) });
  }
  await finish(job, one);
}

/** A refusal of the whole file, or an error that does not go away; null: the job is retried. */
function failureOf(error: unknown, { attempts }: ClaimedJob): 'failed' | null {
  const isFinal = isAppError(error) && ['invalid_input', 'not_found', 'unknown_schema'].includes(error.code);
  return isFinal || attempts >= MAX_ATTEMPTS ? 'failed' : null;
}

type Run = { job: ClaimedJob; one: Import; project: Project; signal: AbortSignal };

async function work(run: Run): Promise<void> {
  const { job, project, signal } = run;
  // What a dry run keeps in memory does not outlive its process: another one begins again.
  const one = run.one.phase === 'checking' ? await restart(run.one) : run.one;
  const principal = openPrincipal(one.id, one.principal ?? '');
  const begin: StepContext['begin'] = async (tx) => {
    await holdLease(tx, job);
    return actAs(tx, project.id, one.id, principal);
  };
  const context: StepContext = { project, settings: one.settings, begin };
  const { actor } = await transaction(begin);
  const claims: Claims = new Set();
  for await (const step of walk(one, signal)) {
    const startedAt = performance.now();
    const save = saveStep(one, step);
    if (one.phase === 'importing') await importRows(context, actor, step.planned, save);
    else {
      const outcomes = await checkRows(context, actor, step.planned, claims);
      await transaction(async (tx) => {
        await holdLease(tx, job);
        await save(tx, outcomes);
      });
    }
    await wait(Math.min(performance.now() - startedAt, MAX_PAUSE_MILLIS));
  }
}

async function restart(one: Import): Promise<Import> {
  await removeRefused(one.id);
  if (!(await rows.updateImport(one, ['checking'], NO_TALLY))) throw new JobEndedError('stopped');
  return { ...one, ...NO_TALLY };
}

/** Stores what a step did, with its refused rows. Throws `JobEndedError` once the import was ended. */
function saveStep({ id, projectId, phase }: Import, { rows: read }: Step) {
  const byNumber = new Map(read.map((row) => [row.number, row]));
  return async (tx: Tx, outcomes: RowOutcome[]): Promise<void> => {
    const current = await rows.findImport(projectId, id, tx);
    if (!current) throw new JobEndedError('stopped');
    const passwords = outcomes.filter(({ row }) => byNumber.get(row)?.hasPassword).length;
    const tally = addOutcomes(tallyOf(current), outcomes, passwords);
    if (!(await rows.updateImport(current, [phase], tally, tx))) throw new JobEndedError('stopped');
    await storeRefused(current, byNumber, outcomes, tx);
  };
}

/** A dry run waits for the decision; an import, and whatever was ended, needs its upload no longer. */
async function finish(job: ClaimedJob, { id, projectId, phase }: Import): Promise<void> {
  const isOver = await transaction(async (tx) => {
    await holdLease(tx, job);
    const current = await rows.findImport(projectId, id, tx);
    if (!current) return true;
    if (phase === 'checking' && current.endedBy === null) {
      await rows.updateImport(
        current,
        ['checking'],
        { phase: 'checked', total: handledRows(current), principal: null },
        tx,
      );
      return false;
    }
    await rows.updateImport(current, ['importing'], { total: handledRows(current) }, tx);
    await rows.updateFinished(tx, id, new Date());
    return true;
  });
  if (isOver) await removeUpload(id);
}
