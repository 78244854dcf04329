'use client';

import { Fragment } from 'react';
import { ConflictChoice, ConflictNotice, choiceId } from '@/components/edit/conflict-choice';
import { ErrorSummary, type FieldError } from '@/components/ui/form/error-summary';
import { useTranslations } from '@/lib/i18n/use-translations';
import {
  BASE,
  type FormField,
  OWN,
  RESOLVE,
  THEIRS,
  type TraitsFormState,
  VALUE,
} from '@/lib/identity/model/traits-form';
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
  const choices = (form.unresolved > 0 ? form.conflicts : []).map(
    ({ field }): FieldError => ({
      field,
      id: choiceId(field),
      message: common('conflict.unresolved', {
        field: fields.find(({ pointer }) => pointer === field)?.label ?? field,
      }),
    }),
  );
  const errors = [...faults, ...choices];
  const writable = fields.filter(({ isReadOnly }) => !isReadOnly);
  return (
    <>
      {errors.length > 0 && (
        <ErrorSummary
          title={common('errorSummary', { count: errors.length })}
          errors={errors}
          attempt={form.unresolved}
        />
      )}
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
                  id={choiceId(pointer)}
                  label={field.label}
                  mine={mine}
                  theirs={conflict.theirs}
                  isOwn={conflict.isOwn}
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
      {form.conflicts.map(({ field, theirs, isOwn }) => (
        <Fragment key={field}>
          <input type="hidden" name={THEIRS + field} value={theirs} readOnly />
          {isOwn !== undefined && <input type="hidden" name={OWN + field} value={String(isOwn)} readOnly />}
        </Fragment>
      ))}
    </>
  );
}
