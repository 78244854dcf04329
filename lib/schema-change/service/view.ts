import { isOver, type JobView, stateOf, type UndoState } from '@/lib/job/model';
import type { JsonObject } from '@/lib/platform/json';
import type { Impact, SchemaChange } from '../model';

export function toJobView(change: SchemaChange, undoing: SchemaChange | null): JobView {
  const { id, projectId, kind, actorKind, actorId, total, done, unchanged, leftOut, createdAt, finishedAt } = change;
  const state = stateOf(change);
  return {
    ...{ id, projectId, kind, state, total, done, unchanged, leftOut, createdAt, finishedAt },
    actor: { kind: actorKind, id: actorId },
    result: resultOf(change),
    undo: undoOf(change, isOver({ state }), undoing),
    undoes: kind === 'schema_undo' ? change.sourceJobId : null,
  };
}

function undoOf(
  { kind, done, version, baseVersion }: SchemaChange,
  isFinished: boolean,
  undoing: SchemaChange | null,
): UndoState {
  if (kind === 'schema_impact') return { possible: false, reason: 'not_undoable' };
  if (!isFinished) return { possible: false, reason: 'unfinished' };
  if (undoing) return { possible: false, reason: 'undone', jobId: undoing.id };
  const isNothing = done === 0 && version === baseVersion;
  return isNothing ? { possible: false, reason: 'nothing_changed' } : { possible: true };
}

/** In the API's words. */
function resultOf({ schemaId, version, impact, sourceJobId, kind }: SchemaChange): JsonObject {
  return {
    schema_id: schemaId,
    ...(version !== null && { version }),
    ...(kind === 'schema_publish' && sourceJobId !== null && { impact_job: sourceJobId }),
    ...(impact && toImpactResult(impact)),
  };
}

function toImpactResult(impact: Impact): JsonObject {
  const { scanned, valid, repaired, left, operators, invalid, locked, hasMoreReasons } = impact;
  return {
    ...{ scanned, valid, repaired, left, operators, invalid },
    without_identifier: locked,
    reasons: impact.reasons.map(({ pointer, keyword, message, count, people }) => ({
      ...{ pointer, keyword, message, count },
      identities: people,
    })),
    has_more_reasons: hasMoreReasons,
    repairs: impact.repairs.map(({ changed, failed }) => ({ changed, failed })),
  };
}
