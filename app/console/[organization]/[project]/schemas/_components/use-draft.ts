'use client';

import { useReducer } from 'react';
import type { JsonObject } from '@/lib/platform/json';
import { readObject, type TextFault } from '@/lib/platform/json-text';
import { type DraftEdit, editDraft } from '@/lib/schema/model/draft-edit';

/** The text is the draft; the form shows the last text that was valid JSON. */
type State = {
  text: string;
  document: JsonObject;
  fault: TextFault | null;
  past: string[];
  future: string[];
  /** What the last change was about: further ones of the same kind are the same step of Undo. */
  step: string | null;
};

type Change = { kind: 'write'; text: string; step: string | null } | { kind: 'undo' } | { kind: 'redo' };

export type Draft = ReturnType<typeof useDraft>;

const MAX_STEPS = 200;

/** The draft of a schema with Undo and Redo. `fallback`: what the form shows while `initial` is not valid JSON. */
export function useDraft(initial: string, fallback: JsonObject) {
  const [state, change] = useReducer(reduce, null, () => ({
    ...read(initial, fallback),
    past: [],
    future: [],
    step: null,
  }));
  const { text, document, fault, past, future } = state;
  return {
    ...{ text, document, fault },
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    /** The whole text, as typed. */
    write: (next: string) => change({ kind: 'write', text: next.replace(/^\uFEFF/, ''), step: 'json' }),
    /** A text that replaces the draft. */
    replace: (next: string) => change({ kind: 'write', text: next, step: null }),
    /** A change in the form; ignored while the text is not valid JSON. */
    edit: (edit: DraftEdit) => {
      if (!fault) change({ kind: 'write', text: editDraft(text, edit), step: stepOf(edit) });
    },
    undo: () => change({ kind: 'undo' }),
    redo: () => change({ kind: 'redo' }),
  };
}

function reduce(state: State, change: Change): State {
  const { text, past, future } = state;
  if (change.kind === 'undo') return moved(state, past.at(-1), past.slice(0, -1), [...future, text]);
  if (change.kind === 'redo') return moved(state, future.at(-1), [...past, text], future.slice(0, -1));
  if (change.text === text) return state;
  const isSameStep = change.step !== null && change.step === state.step;
  return {
    ...read(change.text, state.document),
    past: isSameStep ? past : [...past, text].slice(-MAX_STEPS),
    future: [],
    step: change.step,
  };
}

function moved(state: State, text: string | undefined, past: string[], future: string[]): State {
  return text === undefined ? state : { ...read(text, state.document), past, future, step: null };
}

function read(text: string, last: JsonObject): Pick<State, 'text' | 'document' | 'fault'> {
  const found = readObject(text);
  return 'fault' in found ? { text, document: last, fault: found.fault } : { text, document: found.value, fault: null };
}

/** Typing into one control is one step. */
function stepOf(edit: DraftEdit): string | null {
  if (edit.op !== 'text' && edit.op !== 'maxLength' && edit.op !== 'values') return null;
  const { path, op } = edit;
  return JSON.stringify([op, path, ...(edit.op === 'text' ? [edit.keyword, edit.language] : [])]);
}
