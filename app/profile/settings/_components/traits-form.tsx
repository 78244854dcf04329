'use client';

import { type FormEvent, useActionState, useEffect, useState } from 'react';
import { TraitFields } from '@/components/identity/trait-fields';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { Notice } from '@/components/ui/notice';
import { useUndo } from '@/components/undo/undo-provider';
import { failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import {
  type FormField,
  resolveTraits,
  type TraitsFormState,
  unresolvedForm,
  untouched,
} from '@/lib/identity/model/traits-form';
import type { Action, ActionResult } from '@/lib/platform/action-result';
import type { Side } from '@/lib/platform/edit';
import { isSameJson } from '@/lib/platform/json';

type Save = Action<Record<string, string | string[]>, TraitsFormState>;
type Props = { fields: FormField[]; values: Record<string, string>; save: Save };

/**
 * The traits a person may change, from their schema. A plain form: everything, conflicts included, works without
 * JavaScript; with it, typed values stay in place after any response.
 */
export function TraitsForm({ fields, values, save }: Props) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [result, submit] = useActionState<ActionResult<TraitsFormState> | null, FormData>(save, null);
  const [seen, setSeen] = useState(result);
  const [form, setForm] = useState<TraitsFormState>(() => answered(result) ?? untouched(values));
  const [isDirty, setDirty] = useState(false);
  if (result !== seen) {
    // A new response replaces the state (React's pattern for state that follows a changed value).
    setSeen(result);
    const answer = answered(result);
    if (answer) setForm(answer);
    if (answer?.outcome === 'saved') setDirty(false);
  }
  const [shownValues, setShownValues] = useState(values);
  if (shownValues !== values) {
    // An undo restored other values than the form has. Typed ones stay.
    setShownValues(values);
    if (!isDirty && !isSameJson(values, form.mine)) setForm(untouched(values));
  }
  useUnsavedChanges(isDirty);
  const undo = useTranslations('undo');
  const { announce } = useUndo();
  const saved = answered(result)?.undo;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each save
  useEffect(() => {
    if (saved) announce(undo('saved'), saved);
  }, [saved]);

  const edit = (pointer: string, value: string) => {
    setDirty(true);
    setForm((before) => ({ ...before, outcome: 'untouched', mine: { ...before.mine, [pointer]: value } }));
  };
  const choose = (side: Side, pointer: string) => {
    setDirty(true);
    setForm((before) => resolveTraits(before, pointer, side));
  };
  const holdUnresolved = (event: FormEvent) => {
    if (form.conflicts.length === 0) return;
    event.preventDefault();
    setForm(unresolvedForm);
  };
  return (
    <form action={submit} onSubmit={holdUnresolved} noValidate className="flex max-w-text flex-col gap-5">
      <TraitFields fields={fields} form={form} onEdit={edit} onChoose={choose} />
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton pendingLabel={t('saving')}>{common('edit.save')}</SubmitButton>
        <p role="status" className="text-sm text-success">
          {form.outcome === 'saved' && common('edit.saved')}
        </p>
      </div>
      {result && !result.ok && (
        <Notice tone="danger" word={common('notice.danger')} live="assertive">
          {failureSentence(errors, result.error)}
        </Notice>
      )}
    </form>
  );
}

function answered(result: ActionResult<TraitsFormState> | null): TraitsFormState | null {
  return result?.ok ? result.value : null;
}
