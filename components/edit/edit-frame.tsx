'use client';

import type { ReactNode } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { ErrorSummary, type FieldError } from '@/components/ui/form/error-summary';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Violation } from '@/lib/platform/errors';
import { isSameJson, type Json } from '@/lib/platform/json';
import { ConflictChoice, ConflictNotice, choiceId } from './conflict-choice';
import type { useEditForm } from './use-edit-form';

type Form = Omit<ReturnType<typeof useEditForm>, 'edit'>;

type Props = {
  form: Form;
  /** The labels of the fields. */
  labels: Record<string, string>;
  /** A violation in words. */
  messageOf: (violation: Violation) => string;
  /** A value in words; by default its text. */
  inWords?: ((name: string, value: Json) => string) | undefined;
  /** Replaces the default text after saving. */
  savedText?: string | undefined;
  /** Without it the fields are read-only. */
  mayEdit: boolean;
  /** One of several forms of a page: its button stands out only once something was edited. */
  isOneOfMany?: boolean;
  /** The fields, given the error of each. */
  children: (errorOf: (name: string) => string | undefined) => ReactNode;
};

/** The frame of a `useEditForm` form: errors, conflicts, fields, button and outcome. */
export function EditFrame({
  form,
  labels,
  messageOf,
  inWords = toText,
  savedText,
  mayEdit,
  isOneOfMany = false,
  children,
}: Props) {
  const isEdited = !isSameJson(form.mine, form.base);
  const common = useTranslations('common');
  const isHydrated = useHydrated();
  const conflict = useTranslations('common.conflict');
  const faults = form.violations.map(
    (violation): FieldError => ({ field: violation.pointer.slice(1), message: messageOf(violation) }),
  );
  const choices = (form.unresolved > 0 ? form.conflicts : []).map(
    ({ field }): FieldError => ({
      field,
      id: choiceId(field),
      message: conflict('unresolved', { field: labels[field] ?? field }),
    }),
  );
  const errors = [...faults, ...choices];
  const errorOf = (name: string) => faults.find(({ field }) => field === name)?.message;
  return (
    <form noValidate method="post" onSubmit={form.submit} className="max-w-text">
      <fieldset disabled={!mayEdit || !isHydrated} className="flex min-w-0 flex-col gap-5">
        {errors.length > 0 && (
          <ErrorSummary
            title={common('errorSummary', { count: errors.length })}
            errors={errors}
            attempt={form.unresolved}
          />
        )}
        <ConflictNotice count={form.conflicts.length} />
        {form.conflicts.map(({ field, theirs }) => (
          <ConflictChoice
            key={field}
            id={choiceId(field)}
            label={labels[field] ?? field}
            mine={inWords(field, form.mine[field] ?? null)}
            theirs={inWords(field, theirs)}
            onChoose={(side) => form.choose(field, side)}
          />
        ))}
        {children(errorOf)}
        {mayEdit && (
          <div className="flex flex-wrap items-center gap-4">
            <SubmitButton
              variant={isOneOfMany && !isEdited ? 'secondary' : 'primary'}
              isPending={form.isPending}
              pendingLabel={common('working')}
            >
              {common('edit.save')}
            </SubmitButton>
            <p role="status" className={savedText ? 'text-sm text-muted' : 'text-sm text-success'}>
              {form.outcome === 'saved'
                ? (savedText ?? common('edit.saved'))
                : form.outcome && common('edit.unchanged')}
            </p>
          </div>
        )}
        <ActionNote failure={form.failure} isCancelled={form.isCancelled} />
      </fieldset>
    </form>
  );
}

function toText(_: string, value: Json): string {
  return value === null ? '' : String(value);
}
