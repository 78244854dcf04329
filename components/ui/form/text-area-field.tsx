import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes';
import { describedBy, FieldFrame, fieldId } from './field-frame';
import { INPUT_STYLE } from './text-field';

export type TextAreaFieldProps = ComponentProps<'textarea'> & {
  name: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  /** For code: monospace, no autocorrect, long lines scroll. */
  isMonospace?: boolean;
};

/** A multi-line text field with its label. Resizable. */
export function TextAreaField({ id, label, help, error, isMonospace, className, ...area }: TextAreaFieldProps) {
  const fieldIdentifier = id ?? fieldId(area.name);
  const code = { spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off', wrap: 'off' };
  return (
    <FieldFrame id={fieldIdentifier} label={label} help={help} error={error}>
      <textarea
        rows={4}
        {...(isMonospace && code)}
        {...area}
        id={fieldIdentifier}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(fieldIdentifier, { help, error })}
        className={classes(
          INPUT_STYLE,
          'resize-y read-only:bg-sunken',
          isMonospace && 'overflow-x-auto font-mono whitespace-pre',
          error ? 'border-danger' : 'border-control',
          className,
        )}
      />
    </FieldFrame>
  );
}
