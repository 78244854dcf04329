'use client';

import { useId, useState } from 'react';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { SelectField } from '@/components/ui/form/select-field';
import { TextAreaField } from '@/components/ui/form/text-area-field';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import { isSameJson, type Json } from '@/lib/platform/json';
import { type DraftRow, FIELD_TYPES } from '@/lib/schema/model/draft';
import { type DraftEdit, toListedValue } from '@/lib/schema/model/draft-edit';

type Props = { row: DraftRow; onEdit: (edit: DraftEdit) => void };

/** Formats that choose a control of the form, or are often needed. */
const NAMED_FORMATS = ['email', 'uri', 'date', 'time', 'date-time', 'tel'] as const;

/** What values a field takes: type, format, length and the listed ones. */
export function FieldValue({ row, onEdit }: Props) {
  const t = useTranslations('consoleSchemaEditor.field');
  const id = useId();
  const { path, type, isList, format, maxLength } = row;
  const isText = type === 'string';
  const formats = [
    { value: '', text: t('noFormat') },
    ...NAMED_FORMATS.map((named) => ({ value: named as string, text: t(`formats.${named}`) })),
  ];
  const isNamed = format === null || formats.some(({ value }) => value === format);
  return (
    <>
      <SelectField
        name={`${id}type`}
        label={t('type')}
        value={type}
        options={FIELD_TYPES.map((each) => ({ value: each, text: t(`types.${each}`) }))}
        onChange={({ target }) => {
          const chosen = FIELD_TYPES.find((each) => each === target.value);
          if (chosen) onEdit({ op: 'type', path, type: chosen, isList });
        }}
      />
      <div className="self-end pb-2">
        <CheckboxField
          name={`${id}list`}
          label={t('list')}
          help={t('listHelp')}
          checked={isList}
          onChange={({ target }) => onEdit({ op: 'type', path, type, isList: target.checked })}
        />
      </div>
      {isText && (
        <>
          <SelectField
            name={`${id}format`}
            label={t('format')}
            value={format ?? ''}
            options={isNamed ? formats : [...formats, { value: format, text: format }]}
            onChange={({ target }) => onEdit({ op: 'format', path, format: target.value || null })}
          />
          <TextField
            name={`${id}max-length`}
            label={t('maxLength')}
            inputMode="numeric"
            value={maxLength ?? ''}
            onChange={({ target }) => {
              if (/^\d{0,7}$/.test(target.value))
                onEdit({ op: 'maxLength', path, maxLength: target.value === '' ? null : Number(target.value) });
            }}
          />
        </>
      )}
      {type !== 'boolean' && (
        <div className="sm:col-span-2">
          <Values row={row} onEdit={onEdit} />
        </div>
      )}
    </>
  );
}

function Values({ row, onEdit }: Props) {
  const t = useTranslations('consoleSchemaEditor.field');
  const id = useId();
  const { path, type, values, hasTitledValues } = row;
  const isNullable = values?.includes(null) ?? false;
  const read = (text: string): Json[] | null => {
    const lines = text.split('\n').map((line) => line.trim());
    const listed = lines.filter((line) => line !== '').map((line) => toListedValue(line, type));
    return listed.length === 0 ? null : [...listed, ...(isNullable ? [null] : [])];
  };
  // The typed text, as long as it says the same as the schema: it may have an empty line that is about to be filled.
  const [typed, setTyped] = useState('');
  const written = (values ?? []).filter((value) => value !== null).map(String);
  if (hasTitledValues || values?.some((value) => typeof value === 'object' && value !== null))
    return <p className="text-sm text-muted">{t('valuesInJson')}</p>;
  return (
    <TextAreaField
      name={`${id}values`}
      label={t('values')}
      help={t('valuesHelp')}
      rows={Math.min(Math.max(written.length + 1, 2), 10)}
      value={isSameJson(read(typed) ?? [], values ?? []) ? typed : written.join('\n')}
      onChange={({ target }) => {
        setTyped(target.value);
        onEdit({ op: 'values', path, values: read(target.value) });
      }}
    />
  );
}
