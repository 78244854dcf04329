'use client';

import { type ChangeEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { Search, X } from '@/components/ui/icons';
import { Link } from '@/components/ui/link';
import { useHasSingleKeys } from '../shortcut-provider';
import { useShortcut } from '../use-shortcut';
import { useApplyFilters } from './filter-bar';

type Props = {
  name?: string;
  /** The accessible name, and the placeholder unless `placeholder` is given. */
  label: string;
  placeholder?: string;
  /** The value in the URL. */
  value: string;
  /** Present while a search is active. */
  clear?: { href: string; label: string } | undefined;
  /** Outside a filter bar: called with the input, debounced. */
  onQuery?: (query: string) => void;
  /** The key `/` focuses this field, unless shortcuts are off. At most one field per page. */
  hasShortcut?: boolean;
};

const DEBOUNCE_MS = 250;

/**
 * A search field. Enter submits its form; inside a filter bar the list follows the input, debounced, and the field
 * keeps focus, caret and anything typed since.
 */
export function SearchField({ name = 'q', label, placeholder = label, value, clear, onQuery, ...props }: Props) {
  const hasShortcut = useHasSingleKeys() && props.hasShortcut;
  const apply = useApplyFilters();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Sent but not yet returned as `value`: a response to earlier input must not overwrite later input. */
  const sent = useRef<string[]>([]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const at = sent.current.lastIndexOf(value);
    sent.current = at < 0 ? [] : sent.current.slice(at + 1);
    if (at < 0 && input.current) input.current.value = value;
  }, [value]);
  useShortcut(hasShortcut ? { key: '/' } : null, () => {
    input.current?.focus();
    input.current?.select();
  });
  const send = (query: string) => {
    sent.current.push(query);
    apply?.({ replaces: true });
    onQuery?.(query);
  };
  const handleChange = (event: ChangeEvent<HTMLInputElement>) => {
    const query = event.target.value.trim();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(query), DEBOUNCE_MS);
  };
  // The browser submits the form without waiting for the debounce.
  const handleEnter = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    clearTimeout(timer.current);
    const query = event.currentTarget.value.trim();
    sent.current.push(query);
    onQuery?.(query);
  };
  const handleClear = () => {
    clearTimeout(timer.current);
    if (!input.current) return;
    input.current.value = '';
    input.current.focus();
  };
  return (
    <div className="relative min-w-0 flex-[1_1_16rem] sm:max-w-80">
      <label>
        <span className="sr-only">{label}</span>
        <Search size={16} className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-muted" aria-hidden />
        <input
          ref={input}
          type="search"
          name={name}
          defaultValue={value}
          placeholder={placeholder}
          onChange={handleChange}
          onKeyDown={handleEnter}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          aria-keyshortcuts={hasShortcut ? '/' : undefined}
          className="peer motion min-h-9 w-full min-w-0 appearance-none rounded-md border border-control bg-raised ps-8.5 pe-9 text-sm text-ink placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
        />
      </label>
      {clear ? (
        <Link
          href={clear.href}
          scroll={false}
          aria-label={clear.label}
          onClick={handleClear}
          className="absolute inset-y-0 end-1 my-auto flex size-7 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
        >
          <X size={16} aria-hidden />
        </Link>
      ) : (
        hasShortcut && (
          <kbd
            aria-hidden
            className="pointer-events-none absolute inset-y-0 end-2 my-auto hidden h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-sunken font-sans text-xs text-muted peer-focus:hidden pointer-fine:flex noscript:hidden"
          >
            /
          </kbd>
        )
      )}
    </div>
  );
}
