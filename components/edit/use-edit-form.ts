'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import type { ActionResult } from '@/lib/platform/action-result';
import { type Edit, resolveConflict, type Side } from '@/lib/platform/edit';
import type { Violation } from '@/lib/platform/errors';
import { isSameJson, type Json, type JsonObject } from '@/lib/platform/json';
import { refusalViolations } from './refusal-violations';

export type Save<Fields extends JsonObject> = (edit: Edit<Fields>) => Promise<ActionResult<Fields>>;

type Options<Fields> = {
  /** Called once the page shows the saved values. */
  onSaved?: (fields: Fields) => void;
  /** Violations found in the browser; then nothing is sent. An edit without changes is not sent either. */
  validate?: (edit: { base: Fields; mine: Fields }) => Violation[];
};

type EditForm<Fields> = {
  base: Fields;
  mine: Fields;
  conflicts: Array<{ field: string; theirs: Json }>;
  unresolved: number;
  violations: Violation[];
  outcome: 'saved' | 'unchanged' | null;
};

/**
 * A form with optimistic concurrency per field. Each field keeps its `base`, the value before the edit: a save sends
 * edited fields, and a concurrent change returns as a conflict to resolve. Unedited fields follow the page.
 */
export function useEditForm<Fields extends JsonObject>(
  saved: Fields,
  save: Save<Fields>,
  { onSaved, validate }: Options<Fields> = {},
) {
  const [shown, setShown] = useState(saved);
  const [form, setForm] = useState(() => untouched(saved));
  const [savedAs, setSavedAs] = useState<Fields | null>(null);
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const { base, mine } = form;
  useUnsavedChanges(!isSameJson(mine, base));
  if (!isSameJson(shown, saved)) {
    // The page was rendered again (React's pattern for state that follows a changed value).
    setShown(saved);
    const left = Object.keys(saved).filter((name) => isSameJson(mine[name], base[name]));
    const theirs = Object.fromEntries(left.map((name) => [name, saved[name]]));
    setForm({ ...form, base: { ...base, ...theirs }, mine: { ...mine, ...theirs } });
  }
  const report = useRef(onSaved);
  report.current = onSaved;
  useEffect(() => {
    if (savedAs) report.current?.(savedAs);
  }, [savedAs]);

  const edit = (change: Partial<Fields>) =>
    setForm((before) => ({ ...before, mine: { ...before.mine, ...change }, outcome: null }));

  /** Takes values that were saved beside the form. The page may be rendered once for two changes, and show none. */
  const adopt = (fields: Partial<Fields>) =>
    setForm((before) => ({ ...before, base: { ...before.base, ...fields }, mine: { ...before.mine, ...fields } }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const violations = validate?.({ base, mine }) ?? [];
    const isUnchanged = validate !== undefined && isSameJson(mine, base);
    setFailure(undefined);
    const isUnresolved = form.conflicts.length > 0;
    setForm((before) => ({
      ...before,
      violations,
      outcome: null,
      unresolved: isUnresolved ? before.unresolved + 1 : 0,
    }));
    if (violations.length > 0 || isUnresolved) return;
    if (isUnchanged) return setForm((before) => ({ ...before, outcome: 'unchanged' }));
    const result = await run(() => save({ base, mine }));
    if (!result) return;
    if (result.ok) {
      const now = { ...base };
      for (const name of Object.keys(base)) Object.assign(now, { [name]: result.value[name] });
      setForm({ ...untouched(now), outcome: 'saved' });
      return setSavedAs(now);
    }
    const refused = refusalViolations(result.error);
    const conflicts = ('conflicts' in result.error && result.error.conflicts) || [];
    setForm((before) => ({
      ...before,
      violations: refused,
      conflicts:
        refused.length > 0 ? [] : conflicts.map(({ pointer, theirs }) => ({ field: pointer.slice(1), theirs })),
    }));
    if (refused.length + conflicts.length > 0) setFailure(undefined);
  };
  const choose = (field: string, side: Side) =>
    setForm((before) => resolveConflict<Json, EditForm<Fields>>(before, field, side));
  return { ...form, edit, adopt, submit, choose, isPending, failure, isCancelled };
}

function untouched<Fields>(fields: Fields): EditForm<Fields> {
  return { base: fields, mine: fields, conflicts: [], unresolved: 0, violations: [], outcome: null };
}
