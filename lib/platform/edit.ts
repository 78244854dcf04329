import { AppError, type Conflict } from './errors';
import { isSameJson, type Json, type JsonObject, toPointer } from './json';

/**
 * Concurrent edits, in the terms of a three-way merge: `base` is what the form showed when it was rendered, `mine` what
 * it submits, `theirs` what is stored now.
 */
export type Edit<Fields extends JsonObject> = { base: Partial<Fields>; mine: Partial<Fields> };

/** One field of an edit. Null means empty. */
export type FieldEdit = { pointer: string; base: Json; mine: Json };

/** A field that a form may write. */
export type EditableField<Document> = {
  pointer: string;
  get: (from: Document) => Json;
  set: (into: Document, value: Json) => Document;
};

/**
 * The document with the edits of `fields` applied; other edits are ignored. A field unchanged in the form keeps
 * `theirs`. A field changed differently on both sides is a conflict, and nothing is written. Refuses:
 * `version_conflict` with all `conflicts`.
 */
export function mergeFields<Document>(
  document: Document,
  fields: EditableField<Document>[],
  edits: Array<Pick<FieldEdit, 'pointer' | 'mine'> & { base: Json | undefined }>,
): Document {
  const conflicts: Conflict[] = [];
  let merged = document;
  for (const { pointer, get, set } of fields) {
    const edit = edits.find((candidate) => candidate.pointer === pointer);
    if (!edit || isSameJson(edit.mine, edit.base)) continue;
    const { base = null, mine } = edit;
    const theirs = get(merged);
    if (!isSameJson(theirs, edit.base) && !isSameJson(theirs, mine)) conflicts.push({ pointer, base, mine, theirs });
    merged = set(merged, mine);
  }
  if (conflicts.length > 0) throw new AppError('version_conflict', { conflicts });
  return merged;
}

/** `mergeFields` for an object whose every member is a field. Refuses: `version_conflict` with all `conflicts`. */
export function mergeEdit<Fields extends JsonObject>(theirs: Fields, { base, mine }: Edit<Fields>): Fields {
  const edits = Object.entries(mine).flatMap(([name, value]) =>
    value === undefined || !Object.hasOwn(theirs, name)
      ? []
      : [{ pointer: toPointer([name]), base: base[name], mine: value }],
  );
  const fields = Object.keys(theirs).map(
    (name): EditableField<Fields> => ({
      pointer: toPointer([name]),
      get: (from) => from[name] ?? null,
      set: (into, value) => ({ ...into, [name]: value }),
    }),
  );
  return mergeFields(theirs, fields, edits);
}

/** The side of a conflict that is kept. */
export type Side = 'mine' | 'theirs';

/** An edit in progress, by field. `conflicts` are the fields that the last save refused. */
export type EditState<Value extends Json> = {
  base: Record<string, Value>;
  mine: Record<string, Value>;
  conflicts: Array<EditConflict<Value>>;
  /** How often a save was tried before every conflict was resolved. */
  unresolved: number;
};

/** `isOwn`: whether the same person saved `theirs`, such as in another tab; absent if the author is not known. */
export type EditConflict<Value extends Json> = { field: string; theirs: Value; isOwn?: boolean | undefined };

/**
 * The edit after a conflict is resolved: `theirs` becomes the base, so that saving `mine` overwrites it deliberately.
 */
export function resolveConflict<Value extends Json, State extends EditState<Value>>(
  state: State,
  field: string,
  side: Side,
): State {
  const conflict = state.conflicts.find((candidate) => candidate.field === field);
  if (!conflict) return state;
  const { theirs } = conflict;
  return {
    ...state,
    base: { ...state.base, [field]: theirs },
    mine: side === 'mine' ? state.mine : { ...state.mine, [field]: theirs },
    conflicts: state.conflicts.filter((other) => other !== conflict),
    unresolved: 0,
  };
}
