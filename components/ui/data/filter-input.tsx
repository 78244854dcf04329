'use client';

import { useEffect, useRef } from 'react';
import { useApplyFilters } from './filter-bar';

type Props = {
  name: string;
  /** Shown before the value, in the same box. */
  label: string;
  type?: 'text' | 'date';
  placeholder?: string;
  /** The value in the URL. */
  value: string;
};

/** A typed filter. The list follows on blur or Enter. */
export function FilterInput({ name, label, type = 'text', placeholder, value }: Props) {
  const apply = useApplyFilters();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.value = value; // "Clear filters" and the Back button change the URL, not the field
  }, [value]);
  const handleBlur = () => {
    if (input.current && input.current.value.trim() !== value) apply?.();
  };
  return (
    <label className="motion flex min-h-9 max-w-full min-w-0 items-center gap-1.5 rounded-md border border-control bg-raised ps-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <span className="shrink-0 text-muted">{label}</span>
      <input
        ref={input}
        type={type}
        name={name}
        defaultValue={value}
        placeholder={placeholder}
        onBlur={handleBlur}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="min-h-9 w-full min-w-0 rounded-md bg-transparent pe-2.5 font-medium text-ink outline-none placeholder:font-normal placeholder:text-muted"
      />
    </label>
  );
}
