import type { ComponentProps, ReactNode } from 'react';
import { ChevronDown } from '@/components/ui/icons';
import { classes } from '../classes';
import { describedBy, FieldFrame, fieldId } from './field-frame';
import { INPUT_STYLE } from './text-field';

export type SelectOption = { value: string; text: string; isDisabled?: boolean };

export type SelectFieldProps = Omit<ComponentProps<'select'>, 'size' | 'multiple' | 'children'> & {
  name: string;
  label: ReactNode;
  options: SelectOption[];
  /** One line below the field. */
  help?: ReactNode;
  /** The error and how to fix it. */
  error?: string | undefined;
};

/** A native select with its label: works with `defaultValue` and without script. */
export function SelectField({ id, label, options, help, error, className, ...select }: SelectFieldProps) {
  const fieldIdentifier = id ?? fieldId(select.name);
  return (
    <FieldFrame id={fieldIdentifier} label={label} help={help} error={error}>
      <div className="relative">
        <select
          {...select}
          id={fieldIdentifier}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldIdentifier, { help, error })}
          className={classes(
            INPUT_STYLE,
            'appearance-none pe-10 disabled:bg-sunken',
            error ? 'border-danger' : 'border-control',
            className,
          )}
        >
          <SelectOptions options={options} />
        </select>
        <ChevronDown
          size={16}
          className="pointer-events-none absolute inset-y-0 end-3 my-auto text-muted"
          aria-hidden
        />
      </div>
    </FieldFrame>
  );
}

/** The options of a native select. */
export function SelectOptions({ options }: { options: SelectOption[] }) {
  return options.map(({ value, text, isDisabled }) => (
    <option key={value} value={value} disabled={isDisabled} className="bg-raised text-ink">
      {text}
    </option>
  ));
}
