'use client';

import { describedBy, FieldFrame, FieldNotes, fieldId } from '@/components/ui/form/field-frame';
import { TextAreaField } from '@/components/ui/form/text-area-field';
import { INPUT_STYLE, TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type FormField, VALUE } from '@/lib/identity/model/traits-form';

type Props = { field: FormField; value: string; error: string | undefined; onEdit: (value: string) => void };
type ControlProps = Props & { name: string; help: string | undefined };

/** HTML input types for JSON Schema formats; `tel` is Kratos' format of phone numbers. */
const INPUT_TYPES: Record<string, string> = {
  email: 'email',
  'idn-email': 'email',
  uri: 'url',
  'uri-reference': 'url',
  iri: 'url',
  date: 'date',
  time: 'time',
  tel: 'tel',
};
const MIN_ROWS = 3;
const MAX_ROWS = 16;

/** One trait by type: text, number, choice, yes/no, list or JSON. */
export function TraitField(props: Props) {
  const t = useTranslations('settings');
  const { field } = props;
  const { isReadOnly } = field;
  const isTyped = field.isList && !field.options;
  const notes = [
    field.help,
    isTyped && !isReadOnly && t('onePerLine'),
    isReadOnly ? !field.isOfViewer && t('readOnly') : field.isOnce && t('once'),
  ];
  const help = notes.filter(Boolean).join(' ') || undefined;
  const control = { ...props, name: (isReadOnly ? 'shown:' : VALUE) + field.pointer, help };
  if (isReadOnly) return isTyped ? <Lines {...control} /> : <Line {...control} value={shown(props, t)} />;
  if (field.isList) return field.options ? <Checkboxes {...control} options={field.options} /> : <Lines {...control} />;
  if (field.type === 'boolean') {
    const words = [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ];
    return <Choice {...control} options={words} />;
  }
  if (field.options) return <Choice {...control} options={field.options} />;
  return field.type === 'json' ? <Lines {...control} /> : <Line {...control} />;
}

/** A value that cannot be changed, in words. */
function shown({ field, value }: Props, t: ReturnType<typeof useTranslations<'settings'>>): string {
  if (field.type === 'boolean' && !field.isList && value !== '') return t(value === 'true' ? 'yes' : 'no');
  const labelOf = (one: string) => field.options?.find((option) => option.value === one)?.label ?? one;
  return field.isList ? value.split('\n').map(labelOf).join(', ') : labelOf(value);
}

function Line({ field, value, name, help, error, onEdit }: ControlProps) {
  const isNumber = field.type === 'number' || field.type === 'integer';
  const type = field.isReadOnly && field.format !== 'email' ? 'text' : INPUT_TYPES[field.format ?? ''];
  return (
    <TextField
      name={name}
      label={<Label field={field} />}
      type={type ?? (field.autocomplete === 'tel' ? 'tel' : 'text')}
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

/** A list, one item per line, or JSON. */
function Lines({ field, value, name, help, error, onEdit }: ControlProps) {
  return (
    <TextAreaField
      name={name}
      label={<Label field={field} />}
      isMonospace={field.type === 'json'}
      rows={Math.min(MAX_ROWS, Math.max(MIN_ROWS, value.split('\n').length))}
      value={value}
      onChange={(event) => onEdit(event.target.value)}
      readOnly={field.isReadOnly}
      required={field.isRequired}
      help={help}
      error={error}
    />
  );
}

type Options = { options: NonNullable<FormField['options']> };

function Choice({ field, value, name, help, error, onEdit, options }: ControlProps & Options) {
  const id = fieldId(name);
  // A value that the schema no longer lists stays until another one is chosen.
  const all =
    value === '' || options.some((option) => option.value === value) ? options : [{ value, label: value }, ...options];
  return (
    <FieldFrame id={id} label={<Label field={field} />} help={help} error={error}>
      <select
        id={id}
        name={name}
        value={value}
        onChange={(event) => onEdit(event.target.value)}
        required={field.isRequired}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { help, error })}
        className={`${INPUT_STYLE} ${error ? 'border-danger' : 'border-control'}`}
      >
        <option value="" />
        {all.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** The empty value marks the list as posted when no box is checked. */
function Checkboxes({ field, value, name, help, error, onEdit, options }: ControlProps & Options) {
  const id = fieldId(name);
  const chosen = value.split('\n').filter((one) => one !== '');
  const toggle = (option: string, isChosen: boolean) =>
    onEdit((isChosen ? [...chosen, option] : chosen.filter((one) => one !== option)).join('\n'));
  return (
    <fieldset aria-describedby={describedBy(id, { help, error })} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">
        <Label field={field} />
      </legend>
      <input type="hidden" name={name} value="" />
      {options.map((option, at) => (
        <label key={option.value} className="flex min-w-0 items-start gap-2.5 text-base">
          <input
            type="checkbox"
            id={at === 0 ? id : undefined}
            name={name}
            value={option.value}
            checked={chosen.includes(option.value)}
            onChange={(event) => toggle(option.value, event.target.checked)}
            className="m-1 size-4 shrink-0"
          />
          {option.label}
        </label>
      ))}
      <FieldNotes id={id} help={help} error={error} />
    </fieldset>
  );
}

/** `required` is announced by the control itself. */
function Label({ field }: { field: FormField }) {
  const t = useTranslations('settings');
  if (!field.isRequired || field.isReadOnly) return field.label;
  return (
    <>
      {field.label}{' '}
      <span aria-hidden className="font-normal text-muted">
        {t('required')}
      </span>
    </>
  );
}
