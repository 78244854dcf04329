'use client';

import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes';
import { describedBy, FieldFrame, fieldId } from './field-frame';
import { INPUT_STYLE } from './text-field';

type Props = Omit<ComponentProps<'input'>, 'type' | 'size' | 'value' | 'defaultValue' | 'onChange'> & {
  name: string;
  label: ReactNode;
  /** The accessible name of the picker: "Pick a color". */
  pickerLabel: string;
  /** `#rrggbb`, or empty for none. */
  value: string;
  /** The default color: the picker shows it while the field is empty. */
  fallback: string;
  onValueChange: (value: string) => void;
  help?: ReactNode;
  error?: string | undefined;
};

const HEX_COLOR = /^#[0-9a-f]{6}$/i;

/** A color as `#rrggbb`, typed or picked. The form posts the text. */
export function ColorField({ id, label, pickerLabel, value, fallback, onValueChange, ...props }: Props) {
  const { help, error, className, ...input } = props;
  const fieldIdentifier = id ?? fieldId(input.name);
  return (
    <FieldFrame id={fieldIdentifier} label={label} help={help} error={error}>
      <div className="flex items-center gap-2.5">
        <input
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          maxLength={7}
          {...input}
          type="text"
          id={fieldIdentifier}
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldIdentifier, { help, error })}
          className={classes(
            INPUT_STYLE,
            'max-w-36 font-mono read-only:bg-sunken',
            error ? 'border-danger' : 'border-control',
            className,
          )}
        />
        <input
          type="color"
          aria-label={pickerLabel}
          disabled={input.disabled}
          value={HEX_COLOR.test(value) ? value.toLowerCase() : fallback}
          onChange={(event) => onValueChange(event.target.value)}
          className="size-10 shrink-0 cursor-pointer rounded-md border border-control bg-raised p-1 disabled:cursor-not-allowed disabled:opacity-60"
        />
      </div>
    </FieldFrame>
  );
}
