'use client';

import type { ReactNode } from 'react';
import { ErrorSummary, type FieldError } from '@/components/ui/form/error-summary';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useTranslations } from '@/lib/i18n/use-translations';
import { FieldConflict } from './field-conflict';
import type { useSettingsForm } from './use-settings-form';
import { violationMessage } from './violation-message';

type Form = Pick<
  ReturnType<typeof useSettingsForm>,
  'values' | 'submit' | 'choose' | 'conflicts' | 'violations' | 'isPending' | 'isSaved' | 'failure'
>;

type Props = {
  form: Form;
  /** The labels of the fields. */
  labels: Record<string, string>;
  /** A value as text, where it is not text already. */
  inWords?: (name: string, value: string) => string;
  /** Replaces the usual text after saving. */
  savedText?: string | undefined;
  /** Otherwise the fields are read-only. */
  mayEdit: boolean;
  /** The fields, given the error of each. */
  children: (errorOf: (name: string) => string | undefined) => ReactNode;
};

/** A settings form: errors, conflicts, fields and the outcome of saving. */
export function SettingsFrame({ form, labels, inWords = (_, value) => value, savedText, mayEdit, children }: Props) {
  const t = useTranslations('consoleProjects.form');
  const common = useTranslations('common');
  const violation = useTranslations('consoleProjects.violation');
  const isHydrated = useHydrated();
  const faults = form.violations.map(
    (each): FieldError => ({ field: each.pointer.slice(1), message: violationMessage(violation, each) }),
  );
  const errorOf = (name: string) => faults.find(({ field }) => field === name)?.message;
  return (
    <form noValidate method="post" onSubmit={form.submit} className="max-w-text">
      <fieldset disabled={!mayEdit || !isHydrated} className="flex min-w-0 flex-col gap-5">
        {faults.length > 0 && <ErrorSummary title={common('errorSummary', { count: faults.length })} errors={faults} />}
        {form.conflicts.length > 0 && (
          <Notice tone="warning" word={common('notice.warning')} live="assertive">
            <strong className="block font-semibold">
              {common('conflict.title', { count: form.conflicts.length })}
            </strong>
            {common('conflict.body')}
          </Notice>
        )}
        {form.conflicts.map(({ pointer, theirs }) => {
          const name = pointer.slice(1);
          const text = (value: unknown) => (value === null || value === undefined ? '' : inWords(name, String(value)));
          return (
            <FieldConflict
              key={pointer}
              label={labels[name] ?? name}
              mine={text(form.values[name])}
              theirs={text(theirs)}
              onChoose={(choice) => form.choose(pointer, choice)}
            />
          );
        })}
        {children(errorOf)}
        {mayEdit && (
          <div className="flex flex-wrap items-center gap-4">
            <SubmitButton isPending={form.isPending} pendingLabel={common('working')}>
              {t('save')}
            </SubmitButton>
            <p role="status" className={savedText ? 'text-sm text-muted' : 'text-sm text-success'}>
              {form.isSaved && (savedText ?? t('saved'))}
            </p>
          </div>
        )}
        <p role="alert" className="text-danger empty:hidden">
          {form.failure}
        </p>
      </fieldset>
    </form>
  );
}
