import { isOver, type JobView, stateOf, type UndoState } from '@/lib/job/model';
import { type JobSource, undoOf as undoOfChanges } from '@/lib/job/service';
import { runNow } from '@/lib/queue/service';
import { BULK_KINDS, type BulkAction, isBulkKind, isUndoable } from '../model';
import * as rows from '../repository';
import { BULK_RUNNER } from './jobs';
import { stopBulkAction } from './stop';

/** Bulk actions as jobs. */
export const bulkSource: JobSource = {
  kinds: BULK_KINDS,
  async find(projectId, id, tx) {
    const action = await rows.findBulkAction(projectId, id, tx);
    return action && toJobView(action);
  },
  async list(projectId, { kinds, states }, window) {
    const found = await rows.listBulkActions(projectId, { kinds: kinds?.filter(isBulkKind), states }, window);
    return found.map(toJobView);
  },
  stop: stopBulkAction,
  finish: (id, signal) => runNow(BULK_RUNNER, id, signal),
};

function toJobView(action: BulkAction): JobView {
  const { id, projectId, kind, actorKind, operatorId, total, done, unchanged, leftOut, createdAt, finishedAt } = action;
  const state = stateOf(action);
  return {
    ...{ id, projectId, kind, state, total, done, unchanged, leftOut, createdAt, finishedAt },
    actor: { kind: actorKind, id: operatorId === '' ? null : operatorId },
    result: {
      ...(action.target !== null && kind !== 'delete' && { target: action.target }),
      ...(action.endedSessions > 0 && { ended_sessions: action.endedSessions }),
    },
    undo: undoOf(action, isOver({ state })),
    undoes: null,
  };
}

function undoOf(action: BulkAction, isFinished: boolean): UndoState {
  return isUndoable(action) ? undoOfChanges(action.done, isFinished) : { possible: false, reason: 'not_undoable' };
}
