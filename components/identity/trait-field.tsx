'use client';

import { FieldFrame, fieldId } from '@/components/ui/form/field-frame';
import { TextAreaField } from '@/components/ui/form/text-area-field';
import { INPUT_STYLE, TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type FormField, VALUE } from '@/lib/identity/model/traits-form';

type Props = { field: FormField; value: string; error: string | undefined; onEdit: (value: string) => void };

/** HTML input types for JSON Schema formats. */
const INPUT_TYPES: Record<string, string> = { email: 'email', uri: 'url', date: 'date' };

/** One trait by type: text, number, choice, yes/no or JSON. */
export function TraitField({ field, value, error, onEdit }: Props) {
  const t = useTranslations('settings');
  const name = VALUE + field.pointer;
  const help = field.isReadOnly ? t('readOnly') : undefined;
  const choices = field.options ?? (field.type === 'boolean' ? ['true', 'false'] : null);
  if (choices && !field.isReadOnly) {
    return (
      <FieldFrame id={fieldId(name)} label={field.label} error={error}>
        <select
          id={fieldId(name)}
          name={name}
          value={value}
          onChange={(event) => onEdit(event.target.value)}
          aria-invalid={error ? true : undefined}
          className={`${INPUT_STYLE} border-control`}
        >
          <option value="" />
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {field.type === 'boolean' ? t(choice === 'true' ? 'yes' : 'no') : choice}
            </option>
          ))}
        </select>
      </FieldFrame>
    );
  }
  if (field.type === 'json') {
    return (
      <TextAreaField
        name={name}
        label={field.label}
        isMonospace
        rows={Math.min(16, Math.max(3, value.split('\n').length))}
        value={value}
        onChange={(event) => onEdit(event.target.value)}
        error={error}
      />
    );
  }
  const isNumber = field.type === 'number' || field.type === 'integer';
  return (
    <TextField
      name={field.isReadOnly ? `shown:${field.pointer}` : name}
      label={field.label}
      type={INPUT_TYPES[field.format ?? ''] ?? 'text'}
      inputMode={isNumber ? 'decimal' : undefined}
      autoComplete={field.autocomplete ?? 'off'}
      value={value}
      onChange={(event) => onEdit(event.target.value)}
      readOnly={field.isReadOnly}
      required={field.isRequired}
      help={help}
      error={error}
    />
  );
}
