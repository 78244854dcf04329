'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Edit } from '@/lib/platform/edit';
import type { Conflict, Violation } from '@/lib/platform/errors';
import { isSameJson, type JsonObject } from '@/lib/platform/json';
import { refusalViolations } from './violation-message';

export type Save<Fields extends JsonObject> = (edit: Edit<Fields>) => Promise<ActionResult<Fields>>;

type Options<Fields> = {
  /** Called once the page shows the saved values. */
  onSaved?: (fields: Fields) => void;
};

/**
 * Settings fields, each with its base value from when the page was rendered: saving writes the edited ones, and a
 * concurrent change comes back as a conflict to choose from.
 */
export function useSettingsForm<Fields extends JsonObject>(
  saved: Fields,
  save: Save<Fields>,
  { onSaved }: Options<Fields> = {},
) {
  const [seen, setSeen] = useState(saved);
  const [base, setBase] = useState(saved);
  const [values, setValues] = useState(saved);
  const [conflicts, setConflicts] = useState<Conflict[]>([]);
  const [violations, setViolations] = useState<Violation[]>([]);
  const [savedAs, setSavedAs] = useState<Fields | null>(null);
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const isDirty = !isSameJson(values, base);
  useUnsavedChanges(isDirty);
  if (!isSameJson(seen, saved)) {
    // The page was refreshed: take over its values, unless there are edits (React's pattern for such state).
    setSeen(saved);
    if (!isDirty) {
      setBase(saved);
      setValues(saved);
    }
  }
  const tell = useRef(onSaved);
  tell.current = onSaved;
  useEffect(() => {
    if (savedAs) tell.current?.(savedAs);
  }, [savedAs]);

  const edit = (change: Partial<Fields>) => {
    setSavedAs(null);
    setValues((before) => ({ ...before, ...change }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSavedAs(null);
    const result = await run(() => save({ base, mine: values }));
    if (!result) return;
    setConflicts([]);
    setViolations([]);
    if (result.ok) {
      const now = { ...base };
      for (const name of Object.keys(base)) Object.assign(now, { [name]: result.value[name] });
      setBase(now);
      setValues(now);
      setSavedAs(now);
      return;
    }
    const refused = refusalViolations(result.error);
    if (refused.length > 0) setViolations(refused);
    else if ('conflicts' in result.error && result.error.conflicts) setConflicts(result.error.conflicts);
    else return;
    setFailure(undefined);
  };
  const choose = (pointer: string, choice: 'mine' | 'theirs') => {
    const conflict = conflicts.find((each) => each.pointer === pointer);
    if (!conflict) return;
    const theirs = { [pointer.slice(1)]: conflict.theirs };
    setBase((before) => ({ ...before, ...theirs }));
    if (choice === 'theirs') setValues((before) => ({ ...before, ...theirs }));
    setConflicts((before) => before.filter((each) => each !== conflict));
  };
  return { values, edit, submit, choose, conflicts, violations, isPending, isSaved: savedAs !== null, failure };
}
