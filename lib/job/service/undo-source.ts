import { runNow } from '@/lib/queue/service';
import { isOver, type JobView, stateOf, UNDO_KIND, type UndoJob } from '../model';
import * as rows from '../repository';
import { UNDO_RUNNER } from './jobs';
import type { JobSource } from './source';

/** Undo jobs, which can be undone as any other. */
export const undoSource: JobSource = {
  kinds: [UNDO_KIND],
  async find(projectId, id, tx) {
    const job = await rows.findUndoJob(projectId, id, tx);
    return job && toJobView(job);
  },
  async list(projectId, { states }, window) {
    return (await rows.listUndoJobs(projectId, states, window)).map(toJobView);
  },
  stop: (projectId, id, tx) => rows.updateEndedBy(projectId, id, 'stopped', tx),
  finish: (id, signal) => runNow(UNDO_RUNNER, id, signal),
};

function toJobView(job: UndoJob): JobView {
  const { id, projectId, total, done, unchanged, leftOut, createdAt, finishedAt, undoes } = job;
  const state = stateOf(job);
  return {
    ...{ id, projectId, kind: UNDO_KIND, state, total, done, unchanged, leftOut, createdAt, finishedAt, undoes },
    actor: { kind: job.actorKind, id: job.actorId },
    result: {},
    undo: undoOf(done, isOver({ state })),
  };
}

/** What a job of undoable changes offers. */
export function undoOf(done: number, isFinished: boolean): JobView['undo'] {
  if (!isFinished) return { possible: false, reason: 'unfinished' };
  return done === 0 ? { possible: false, reason: 'nothing_changed' } : { possible: true };
}
