import type { ReactNode } from 'react';
import { CircleAlert } from '@/components/ui/icons';

/** The id of the control with this name, the target of error summary links. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll(/[^\w-]/g, '-')}`;
}

/** The ids that tie help and error to the control. */
export function describedBy(
  id: string,
  { help, error }: { help?: ReactNode; error?: string | undefined },
): string | undefined {
  const ids = [error && `${id}-error`, help && `${id}-help`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

type Props = { id: string; label: ReactNode; help?: ReactNode; error?: string | undefined; children: ReactNode };

/** Label, control, help, then the error with its icon. */
export function FieldFrame({ id, label, help, error, children }: Props) {
  return (
    <div className="flex w-full min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      <FieldNotes id={id} help={help} error={error} />
    </div>
  );
}

/** Help and error with the ids from `describedBy`, for controls that place their label elsewhere. */
export function FieldNotes({ id, help, error }: { id: string; help?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {help && (
        <p id={`${id}-help`} className="text-sm text-muted">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm text-danger">
          <CircleAlert size={16} className="mt-0.5 shrink-0" aria-hidden />
          <span className="min-w-0">{error}</span>
        </p>
      )}
    </>
  );
}
