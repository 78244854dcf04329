import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes';
import { describedBy, FieldFrame, fieldId } from './field-frame';
import { INPUT_STYLE } from './text-field';

export type NumberFieldProps = Omit<ComponentProps<'input'>, 'type' | 'size'> & {
  name: string;
  label: ReactNode;
  /** Beside the field and announced with it: "seconds". */
  unit?: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
};

/** A number with its unit. */
export function NumberField({ id, label, unit, help, error, className, ...input }: NumberFieldProps) {
  const fieldIdentifier = id ?? fieldId(input.name);
  const ids = [unit && `${fieldIdentifier}-unit`, describedBy(fieldIdentifier, { help, error })].filter(Boolean);
  return (
    <FieldFrame id={fieldIdentifier} label={label} help={help} error={error}>
      <div className="flex items-center gap-2.5">
        <input
          inputMode="numeric"
          {...input}
          type="number"
          id={fieldIdentifier}
          aria-invalid={error ? true : undefined}
          aria-describedby={ids.length > 0 ? ids.join(' ') : undefined}
          className={classes(
            INPUT_STYLE,
            'max-w-36 tabular-nums read-only:bg-sunken',
            error ? 'border-danger' : 'border-control',
            className,
          )}
        />
        {unit && (
          <span id={`${fieldIdentifier}-unit`} className="min-w-0 text-sm text-muted">
            {unit}
          </span>
        )}
      </div>
    </FieldFrame>
  );
}
