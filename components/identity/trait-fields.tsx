'use client';

import { ErrorSummary, type FieldError } from '@/components/ui/form/error-summary';
import { Notice } from '@/components/ui/notice';
import { useTranslations } from '@/lib/i18n/use-translations';
import { ConflictChoice } from './conflict-choice';
import { TraitField } from './trait-field';
import { BASE, type FormField, THEIRS, type TraitsFormState, VALUE } from './traits-form-state';
import { violationMessage } from './violation-message';

type Props = {
  fields: FormField[];
  form: TraitsFormState;
  onEdit: (pointer: string, value: string) => void;
  onChoose: (choice: 'mine' | 'theirs', pointer: string) => void;
};

/**
 * The fields of an identity form, with errors and concurrent changes. The base values are posted along, so that
 * everything works without script.
 */
export function TraitFields({ fields, form, onEdit, onChoose }: Props) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const violations = new Map(form.violations.map((violation) => [violation.pointer, violation]));
  const messageFor = (field: FormField) => {
    const violation = violations.get(field.pointer);
    return violation && violationMessage(t, field, violation);
  };
  const faults = fields.flatMap((field): FieldError[] => {
    const message = messageFor(field);
    return message ? [{ field: VALUE + field.pointer, message }] : [];
  });
  const writable = fields.filter(({ isReadOnly }) => !isReadOnly);
  return (
    <>
      {faults.length > 0 && <ErrorSummary title={common('errorSummary', { count: faults.length })} errors={faults} />}
      {form.conflicts.length > 0 && (
        <Notice tone="warning" word={common('notice.warning')} live="assertive">
          <strong className="block font-semibold">{common('conflict.title', { count: form.conflicts.length })}</strong>
          {common('conflict.body')}
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
              onEdit={(value) => onEdit(field.pointer, value)}
            />
            {conflict && (
              <ConflictChoice
                conflict={{ ...conflict, mine: form.values[field.pointer] ?? '' }}
                label={field.label}
                onChoose={(choice) => onChoose(choice, field.pointer)}
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
    </>
  );
}
