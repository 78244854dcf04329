import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../classes';
import { describedBy, FieldNotes, fieldId } from './field-frame';

export type CheckboxFieldProps = Omit<ComponentProps<'input'>, 'type' | 'size'> & {
  name: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
};

/** A checkbox in a form. Several boxes with one name need an `id` each. */
export function CheckboxField({ className, ...props }: CheckboxFieldProps) {
  return (
    <ToggleFrame
      {...props}
      control={(control) => (
        <input {...control} type="checkbox" className={classes('m-1 size-4 shrink-0 disabled:opacity-60', className)} />
      )}
    />
  );
}

type FrameProps = Omit<CheckboxFieldProps, 'className'> & {
  control: (props: ComponentProps<'input'>) => ReactNode;
};

/** A control with its label beside it, help and error below the label. */
export function ToggleFrame({ id, label, help, error, control, ...input }: FrameProps) {
  const fieldIdentifier = id ?? fieldId(input.name);
  return (
    <div className="flex w-full min-w-0 items-start gap-2.5">
      {control({
        ...input,
        id: fieldIdentifier,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': describedBy(fieldIdentifier, { help, error }),
      })}
      <div className="flex min-w-0 flex-col gap-0.5 text-base">
        <label htmlFor={fieldIdentifier}>{label}</label>
        <FieldNotes id={fieldIdentifier} help={help} error={error} />
      </div>
    </div>
  );
}
