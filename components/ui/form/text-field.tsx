import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes';
import { describedBy, FieldFrame, fieldId } from './field-frame';

export type TextFieldProps = Omit<ComponentProps<'input'>, 'size'> & {
  name: string;
  label: ReactNode;
  /** One line below the field. */
  help?: ReactNode;
  /** The error and how to fix it. */
  error?: string | undefined;
};

/** The style of a one-line control. */
export const INPUT_STYLE =
  'motion min-h-10 w-full min-w-0 rounded-md border bg-raised px-3 py-2 text-base text-ink placeholder:text-muted';

/** Addresses and numbers run from left to right in every script; in Arabic they still begin at the right edge. */
const LEFT_TO_RIGHT = ['email', 'tel', 'url'];

/** A text field with its label. Stateless: works with `defaultValue` and without script. */
export function TextField({ id, label, help, error, className, ...input }: TextFieldProps) {
  const fieldIdentifier = id ?? fieldId(input.name);
  const isLeftToRight = LEFT_TO_RIGHT.some((type) => type === input.type);
  return (
    <FieldFrame id={fieldIdentifier} label={label} help={help} error={error}>
      <input
        type="text"
        dir={isLeftToRight ? 'ltr' : undefined}
        {...input}
        id={fieldIdentifier}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(fieldIdentifier, { help, error })}
        className={classes(
          INPUT_STYLE,
          'read-only:bg-sunken',
          isLeftToRight && 'rtl:text-end',
          error ? 'border-danger' : 'border-control',
          className,
        )}
      />
    </FieldFrame>
  );
}
