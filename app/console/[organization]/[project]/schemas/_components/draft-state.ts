import type { JsonObject } from '@/lib/platform/json';
import { readObject, type TextFault } from '@/lib/platform/json-text';
import { type DraftEdit, editDraft } from '@/lib/schema/model/draft-edit';

/** The text is the draft; `document` is the last text that was valid JSON. */
export type DraftState = {
  text: string;
  document: JsonObject;
  fault: TextFault | null;
  past: string[];
  future: string[];
  /** What the last change was about: further ones of the same kind are the same step of Undo. */
  step: string | null;
};

/** `type`: the whole text, as typed. `replace`: another draft. `edit`: in the form. */
export type DraftChange =
  | { kind: 'type' | 'replace'; text: string }
  | { kind: 'edit'; edit: DraftEdit }
  | { kind: 'undo' }
  | { kind: 'redo' };

const MAX_STEPS = 200;

/** `fallback`: the document while the text is not valid JSON. */
export function newDraft(text: string, fallback: JsonObject): DraftState {
  return { ...read(text, fallback), past: [], future: [], step: null };
}

/** A change in the form is ignored while the text is not valid JSON. */
export function changeDraft(state: DraftState, change: DraftChange): DraftState {
  const { text, past, future, fault } = state;
  switch (change.kind) {
    case 'type':
      return written(state, change.text.replace(/^\uFEFF/, ''), 'type');
    case 'replace':
      return written(state, change.text, null);
    case 'edit':
      return fault ? state : written(state, editDraft(text, change.edit), stepOf(change.edit));
    case 'undo':
      return moved(state, past.at(-1), past.slice(0, -1), [...future, text]);
    case 'redo':
      return moved(state, future.at(-1), [...past, text], future.slice(0, -1));
  }
}

function written(state: DraftState, next: string, step: string | null): DraftState {
  const { text, past } = state;
  if (next === text) return state;
  const isSameStep = step !== null && step === state.step;
  return {
    ...read(next, state.document),
    past: isSameStep ? past : [...past, text].slice(-MAX_STEPS),
    future: [],
    step,
  };
}

function moved(state: DraftState, text: string | undefined, past: string[], future: string[]): DraftState {
  return text === undefined ? state : { ...read(text, state.document), past, future, step: null };
}

function read(text: string, last: JsonObject): Pick<DraftState, 'text' | 'document' | 'fault'> {
  const found = readObject(text);
  return 'fault' in found ? { text, document: last, fault: found.fault } : { text, document: found.value, fault: null };
}

/** Typing into one control is one step. */
function stepOf(edit: DraftEdit): string | null {
  if (edit.op !== 'text' && edit.op !== 'maxLength' && edit.op !== 'values') return null;
  const { path, op } = edit;
  return JSON.stringify([op, path, ...(edit.op === 'text' ? [edit.keyword, edit.language] : [])]);
}
