'use client';

import { useReducer } from 'react';
import type { JsonObject } from '@/lib/platform/json';
import type { DraftEdit } from '@/lib/schema/model/draft-edit';
import { changeDraft, newDraft } from './draft-state';

export type Draft = ReturnType<typeof useDraft>;

/** The draft of a schema with Undo and Redo. `fallback`: what the form shows while `initial` is not valid JSON. */
export function useDraft(initial: string, fallback: JsonObject) {
  const [{ text, document, fault, past, future }, change] = useReducer(changeDraft, null, () =>
    newDraft(initial, fallback),
  );
  return {
    ...{ text, document, fault },
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    write: (next: string) => change({ kind: 'type', text: next }),
    replace: (next: string) => change({ kind: 'replace', text: next }),
    edit: (edit: DraftEdit) => change({ kind: 'edit', edit }),
    undo: () => change({ kind: 'undo' }),
    redo: () => change({ kind: 'redo' }),
  };
}
