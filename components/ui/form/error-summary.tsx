'use client';

import { type MouseEvent, type ReactNode, type Ref, useEffect, useId, useRef } from 'react';
import { CircleAlert } from '@/components/ui/icons';
import { fieldId } from './field-frame';

export type FieldError = {
  /** The field's name, or its id if it has one. */
  field: string;
  message: string;
  id?: string;
};

type Props = {
  title: string;
  errors: FieldError[];
  /** The number of a refused attempt, for errors that may stay the same. */
  attempt?: number;
};

/** The errors of a form, above it. Takes the focus whenever list or attempt changes; each line links to its field. */
export function ErrorSummary({ title, errors, attempt = 0 }: Props) {
  const box = useRef<HTMLElement>(null);
  const fingerprint = errors.map(({ field, message }) => `${field} ${message}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt with the same errors takes the focus too
  useEffect(() => {
    if (fingerprint !== '') box.current?.focus();
  }, [fingerprint, attempt]);
  if (errors.length === 0) return null;
  const focusField = (event: MouseEvent, id: string) => {
    const control = document.getElementById(id);
    if (!control) return;
    event.preventDefault();
    control.focus();
    control.scrollIntoView({ block: 'center' });
  };
  return (
    <ErrorBox ref={box} title={title}>
      {errors.map(({ field, message, id = fieldId(field) }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            onClick={(event) => focusField(event, id)}
            className="rounded-sm text-ink underline underline-offset-4"
          >
            {message}
          </a>
        </li>
      ))}
    </ErrorBox>
  );
}

/** A list of errors that can take the focus; `children` are its items. */
export function ErrorBox({ ref, title, children }: { ref: Ref<HTMLElement>; title: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-labelledby={titleId}
      className="flex gap-3 rounded-lg border border-danger bg-danger-soft p-4"
    >
      <CircleAlert size={20} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0">
        <p id={titleId} className="font-semibold">
          {title}
        </p>
        <ul className="mt-1 flex flex-col gap-1">{children}</ul>
      </div>
    </section>
  );
}
