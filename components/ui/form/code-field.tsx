'use client';

import { type ChangeEvent, type ComponentProps, useLayoutEffect, useRef, useState } from 'react';
import { toWesternDigits } from '@/lib/platform/text';
import { classes } from '../classes';
import { describedBy, FieldFrame, fieldId } from './field-frame';

type Props = Omit<ComponentProps<'input'>, 'value' | 'defaultValue' | 'onChange'> & {
  name: string;
  /** The accessible name, "Code". */
  label: string;
  help?: string;
  error?: string | undefined;
  /** The digits typed so far, without spaces. */
  onValueChange?: (digits: string) => void;
  /** Called when the last digit is in, by typing, paste or autofill. */
  onComplete?: (digits: string) => void;
};

/** Six digits; the stylesheet relies on it too. */
const BOXES = ['1st', '2nd', '3rd', '4th', '5th', '6th'];

/**
 * A one-time code: one input, so that paste, autofill and screen readers deal with a single field, drawn as boxes. Only
 * digits of pasted text are kept. Without script the boxes are static and the server strips spaces.
 */
export function CodeField({ id, label, help, error, onValueChange, onComplete, className, ...input }: Props) {
  const [digits, setDigits] = useState('');
  const frame = useRef<HTMLDivElement>(null);
  // Keeps input from before hydration, which React would overwrite.
  useLayoutEffect(() => setDigits(digitsOf(frame.current?.querySelector('input')?.value ?? '')), []);
  const fieldIdentifier = id ?? fieldId(input.name);
  const handleChange = (event: ChangeEvent<HTMLInputElement>) => {
    const next = digitsOf(event.target.value);
    setDigits(next);
    onValueChange?.(next);
    if (next.length === BOXES.length && next !== digits) onComplete?.(next);
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

function digitsOf(typed: string): string {
  return toWesternDigits(typed).replaceAll(/\D/g, '').slice(0, BOXES.length);
}
