'use client';

import { type ChangeEvent, type ComponentProps, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { toWesternDigits } from '@/lib/platform/text';
import { classes } from '../classes';
import { describedBy, FieldFrame, fieldId } from './field-frame';

type Props = Omit<ComponentProps<'input'>, 'value' | 'defaultValue' | 'onChange'> & {
  name: string;
  /** The accessible name, "Code". */
  label: string;
  /** Must say that the form submits itself (WCAG 3.2.2). */
  help: string;
  error?: string | undefined;
};

/** Six digits; the stylesheet relies on it too. */
const BOXES = ['1st', '2nd', '3rd', '4th', '5th', '6th'];

/** Long enough to see the last digit and to correct it; any other input or a submission cancels the wait. */
const SUBMIT_AFTER_MS = 500;

/**
 * A one-time code: one input, so that paste, autofill and screen readers deal with a single field, drawn as boxes. Only
 * digits of pasted text are kept. The first six digits submit the form; a corrected code is submitted by the person,
 * because tries are few. Without script the boxes are static and the server strips spaces.
 */
export function CodeField({ id, label, help, error, className, ...input }: Props) {
  const [digits, setDigits] = useState('');
  const frame = useRef<HTMLDivElement>(null);
  const edited = useSelfSubmit(frame);
  // Keeps input from before hydration, which React would overwrite.
  useLayoutEffect(() => setDigits(digitsOf(frame.current?.querySelector('input')?.value ?? '')), []);
  const fieldIdentifier = id ?? fieldId(input.name);
  const handleChange = (event: ChangeEvent<HTMLInputElement>) => {
    const next = digitsOf(event.target.value);
    setDigits(next);
    edited(next.length === BOXES.length);
  };
  return (
    <FieldFrame id={fieldIdentifier} label={label} help={help} error={error}>
      {/* Digits run from left to right in every script. */}
      <div ref={frame} dir="ltr" className="code-field" data-error={error ? '' : undefined}>
        <div className="code-boxes" aria-hidden>
          {BOXES.map((box, index) => (
            <span key={box} data-next={index === Math.min(digits.length, BOXES.length - 1) ? '' : undefined} />
          ))}
        </div>
        <input
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          {...input}
          id={fieldIdentifier}
          type="text"
          value={digits}
          onChange={handleChange}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldIdentifier, { help, error })}
          className={classes('code-input', className)}
        />
      </div>
    </FieldFrame>
  );
}

/** Submits the form around `frame` once, a moment after the field is complete for the first time. */
function useSelfSubmit(frame: { current: HTMLElement | null }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isComplete = useRef(false);
  const hasSubmitted = useRef(false);
  useEffect(() => {
    const form = frame.current?.closest('form');
    const submitted = () => {
      clearTimeout(timer.current);
      hasSubmitted.current ||= isComplete.current;
    };
    form?.addEventListener('submit', submitted);
    return () => {
      clearTimeout(timer.current);
      form?.removeEventListener('submit', submitted);
    };
  }, [frame]);
  return (isNowComplete: boolean) => {
    clearTimeout(timer.current);
    isComplete.current = isNowComplete;
    if (!isNowComplete || hasSubmitted.current) return;
    timer.current = setTimeout(() => {
      // A click, so that a button that is busy ignores it.
      frame.current?.closest('form')?.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    }, SUBMIT_AFTER_MS);
  };
}

function digitsOf(typed: string): string {
  return toWesternDigits(typed).replaceAll(/\D/g, '').slice(0, BOXES.length);
}
