'use client';

import { ConflictChoice, ConflictNotice } from '@/components/edit/conflict-choice';
import { ErrorSummary, type FieldError } from '@/components/ui/form/error-summary';
import { useTranslations } from '@/lib/i18n/use-translations';
import { BASE, type FormField, RESOLVE, THEIRS, type TraitsFormState, VALUE } from '@/lib/identity/model/traits-form';
import type { Side } from '@/lib/platform/edit';
import { TraitField } from './trait-field';
import { TraitGroups } from './trait-groups';
import { traitMessage, violationOf } from './trait-message';

type Props = {
  fields: FormField[];
  form: TraitsFormState;
  onEdit: (pointer: string, value: string) => void;
  onChoose: (side: Side, pointer: string) => void;
};

/**
 * The fields of an identity form, with errors and concurrent changes. The base values are posted along, so that
 * everything works without script.
 */
export function TraitFields({ fields, form, onEdit, onChoose }: Props) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const messageFor = (field: FormField) => {
    const violation = violationOf(form.violations, field);
    return violation && traitMessage(t, field, violation);
  };
  const faults = fields.flatMap((field): FieldError[] => {
    const message = messageFor(field);
    return message ? [{ field: VALUE + field.pointer, message }] : [];
  });
  const writable = fields.filter(({ isReadOnly }) => !isReadOnly);
  return (
    <>
      {faults.length > 0 && <ErrorSummary title={common('errorSummary', { count: faults.length })} errors={faults} />}
      <ConflictNotice count={form.conflicts.length} />
      <TraitGroups fields={fields}>
        {(field) => {
          const { pointer } = field;
          const mine = form.mine[pointer] ?? '';
          const conflict = form.conflicts.find((each) => each.field === pointer);
          return (
            <div className="flex flex-col gap-3">
              <TraitField
                field={field}
                value={mine}
                error={messageFor(field)}
                onEdit={(value) => onEdit(pointer, value)}
              />
              {conflict && (
                <ConflictChoice
                  label={field.label}
                  mine={mine}
                  theirs={conflict.theirs}
                  onChoose={(side) => onChoose(side, pointer)}
                  submit={(side) => ({ name: RESOLVE, value: `${side}:${pointer}` })}
                />
              )}
            </div>
          );
        }}
      </TraitGroups>
      {writable.map(({ pointer }) => (
        <input key={pointer} type="hidden" name={BASE + pointer} value={form.base[pointer] ?? ''} readOnly />
      ))}
      {form.conflicts.map(({ field, theirs }) => (
        <input key={field} type="hidden" name={THEIRS + field} value={theirs} readOnly />
      ))}
    </>
  );
}
