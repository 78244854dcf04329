'use client';

import { useActionState, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ErrorSummary, type FieldError } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { useUnsavedChanges } from '@/components/ui/use-unsaved-changes';
import { errorMessage } from '@/lib/i18n/error-message';
import type { Action, ActionResult } from '@/lib/platform/action-result';
import type { Violation } from '@/lib/platform/errors';
import { BASE, type FormField, resolveConflict, THEIRS, type TraitsFormState, VALUE } from '../traits-form-state';
import { ConflictChoice } from './conflict-choice';
import { TraitField } from './trait-field';

type Save = Action<Record<string, string>, TraitsFormState>;
type Props = { fields: FormField[]; values: Record<string, string>; save: Save };

/**
 * The traits a person may change, as their schema has them. A plain form: everything, the conflict included, works without
 * JavaScript; with it what was typed stays in place whatever the answer.
 */
export function TraitsForm({ fields, values, save }: Props) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const [result, submit] = useActionState<ActionResult<TraitsFormState> | null, FormData>(save, null);
  const [seen, setSeen] = useState(result);
  const [form, setForm] = useState<TraitsFormState>(() => answered(result) ?? untouched(values));
  const [isDirty, setDirty] = useState(false);
  if (result !== seen) {
    // A new answer: take over what it says (React's pattern for state that follows a changed value).
    setSeen(result);
    const answer = answered(result);
    if (answer) setForm(answer);
    if (answer?.outcome === 'saved') setDirty(false);
  }
  useUnsavedChanges(isDirty);

  const edit = (pointer: string, value: string) => {
    setDirty(true);
    setForm((before) => ({ ...before, outcome: 'untouched', values: { ...before.values, [pointer]: value } }));
  };
  const choose = (choice: 'mine' | 'theirs', pointer: string) => {
    setDirty(true);
    setForm((before) => resolveConflict(before, choice, pointer));
  };
  const messages = new Map(form.violations.map((violation) => [violation.pointer, violation]));
  const messageFor = (field: FormField) => {
    const violation = messages.get(field.pointer);
    return violation && violationMessage(t, field, violation);
  };
  const faults = fields.flatMap((field): FieldError[] => {
    const message = messageFor(field);
    return message ? [{ field: VALUE + field.pointer, message }] : [];
  });
  const writable = fields.filter(({ isReadOnly }) => !isReadOnly);
  return (
    <form action={submit} noValidate className="flex max-w-text flex-col gap-5">
      {faults.length > 0 && <ErrorSummary title={common('errorSummary', { count: faults.length })} errors={faults} />}
      {form.conflicts.length > 0 && (
        <Notice tone="warning" word={common('notice.warning')} live="assertive">
          <strong className="block font-semibold">{t('conflict.title', { count: form.conflicts.length })}</strong>
          {t('conflict.body')}
        </Notice>
      )}
      {fields.map((field) => {
        const conflict = form.conflicts.find(({ pointer }) => pointer === field.pointer);
        return (
          <div key={field.pointer} className="flex flex-col gap-3">
            <TraitField
              field={field}
              value={form.values[field.pointer] ?? ''}
              error={messageFor(field)}
              onEdit={(value) => edit(field.pointer, value)}
            />
            {conflict && (
              <ConflictChoice
                conflict={{ ...conflict, mine: form.values[field.pointer] ?? '' }}
                label={field.label}
                onChoose={(choice) => choose(choice, field.pointer)}
              />
            )}
          </div>
        );
      })}
      {writable.map(({ pointer }) => (
        <input key={pointer} type="hidden" name={BASE + pointer} value={form.base[pointer] ?? ''} readOnly />
      ))}
      {form.conflicts.map(({ pointer, theirs }) => (
        <input key={pointer} type="hidden" name={THEIRS + pointer} value={theirs} readOnly />
      ))}
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton pendingLabel={t('saving')}>{t('save')}</SubmitButton>
        <p role="status" className="text-sm text-success">
          {form.outcome === 'saved' && t('saved')}
        </p>
      </div>
      {result && !result.ok && (
        <Notice tone="danger" word={common('notice.danger')} live="assertive">
          {errorMessage(errors, result.error)}
        </Notice>
      )}
    </form>
  );
}

function answered(result: ActionResult<TraitsFormState> | null): TraitsFormState | null {
  return result?.ok ? result.value : null;
}

function untouched(values: Record<string, string>): TraitsFormState {
  return { outcome: 'untouched', values, base: values, conflicts: [], violations: [] };
}

/** What a schema's keyword means to the person who fills in the form. */
function violationMessage(
  t: ReturnType<typeof useTranslations<'settings'>>,
  { label: field }: FormField,
  { keyword, params }: Violation,
): string {
  const limit = Number(params?.limit ?? 0);
  switch (keyword) {
    case 'required':
      return t('violation.required', { field });
    case 'maxLength':
      return t('violation.tooLong', { max: limit });
    case 'minLength':
      return limit === 1 ? t('violation.required', { field }) : t('violation.tooShort', { min: limit });
    case 'format':
    case 'pattern':
    case 'type':
      return t('violation.format', { field });
    case 'enum':
    case 'const':
      return t('violation.choice');
    default:
      return t('violation.other', { field });
  }
}
