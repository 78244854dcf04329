import { type JobView, stateOf, type UndoState } from '@/lib/job/model';
import type { JobSource } from '@/lib/job/service';
import { runNow } from '@/lib/queue/service';
import type { Import } from '../model';
import * as rows from '../repository';
import { IMPORT_RUNNER } from './run-now';
import { stopImport } from './start';

/** Imports as jobs, from their start. An upload that waits for a decision is no job. */
export const importSource: JobSource = {
  kinds: ['import'],
  async find(projectId, id, tx) {
    const one = await rows.findImport(projectId, id, tx);
    return one && isStarted(one) ? toJobView(one) : null;
  },
  async list(projectId, { kinds, states }, window) {
    if (kinds && !kinds.includes('import')) return [];
    return (await rows.listStartedImports(projectId, states, window)).map(toJobView);
  },
  stop: stopImport,
  finish: (id, signal) => runNow(IMPORT_RUNNER, id, signal),
};

function isStarted({ phase }: Import): boolean {
  return phase === 'importing' || phase === 'finished';
}

export function toJobView(one: Import): JobView {
  const { id, projectId, owner, total, created, changed, same, failed, passwords, leftOut, createdAt, finishedAt } =
    one;
  const progress = { position: one.position === 0 ? null : String(one.position), endedBy: one.endedBy, finishedAt };
  return {
    ...{ id, projectId, kind: 'import', actor: owner, total, unchanged: same, leftOut, createdAt, finishedAt },
    state: stateOf(progress),
    done: created + changed,
    result: { created, changed, same, errors: failed, passwords_not_imported: passwords },
    undo: undoOf(one),
    undoes: null,
  };
}

function undoOf({ finishedAt, created, changed }: Import): UndoState {
  if (finishedAt === null) return { possible: false, reason: 'unfinished' };
  return created + changed === 0 ? { possible: false, reason: 'nothing_changed' } : { possible: true };
}
