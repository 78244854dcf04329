'use client';

import { useRouter } from 'next/navigation';
import { createContext, type FormEvent, type ReactNode, use, useEffect, useRef, useTransition } from 'react';
import { ChevronDown, X } from '@/components/ui/icons';
import { Link } from '@/components/ui/link';
import { buttonStyle } from '../button-style';
import { classes } from '../classes';
import { type SelectOption, SelectOptions } from '../form/select-field';
import { queryHref } from './query-href';

/** Navigates to the list for the filter's current fields. `replaces`: without a history entry. */
export type ApplyFilters = (step?: { replaces?: boolean }) => void;

const Apply = createContext<ApplyFilters | null>(null);

/** Null outside a filter bar. */
export function useApplyFilters(): ApplyFilters | null {
  return use(Apply);
}

type Props = {
  /** The accessible name: "Filter identities". */
  label: string;
  /** The list's path with the parameters that stay while filters change, such as the sort order. */
  action: string;
  /** The submit button without script; with script the list follows every change. */
  applyLabel: string;
  /** Present while a filter is active. */
  clear?: { href: string; label: string } | undefined;
  /** A `SearchField` and `FilterSelect`s. */
  children: ReactNode;
};

/** Search and filters of a list: a GET form, so that the URL can be shared and no script is needed. */
export function FilterBar({ label, action, applyLabel, clear, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const apply: ApplyFilters = ({ replaces = false } = {}) => {
    if (!form.current) return;
    const href = queryHref(action, new FormData(form.current));
    startTransition(() => router[replaces ? 'replace' : 'push'](href, { scroll: false }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply();
  };
  const kept = [...new URLSearchParams(action.split('?')[1])];
  return (
    <search aria-label={label} aria-busy={isPending}>
      <form
        ref={form}
        method="get"
        action={action.split('?')[0]}
        onSubmit={submit}
        className="flex flex-wrap items-center gap-2"
      >
        {kept.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <Apply value={apply}>{children}</Apply>
        <span className="hidden noscript:block">
          <button type="submit" className={classes(buttonStyle('secondary', 'small'), 'min-h-9')}>
            {applyLabel}
          </button>
        </span>
        {clear && (
          <Link href={clear.href} scroll={false} className={classes(buttonStyle('quiet', 'small'), 'min-h-9')}>
            <X size={16} aria-hidden />
            {clear.label}
          </Link>
        )}
      </form>
    </search>
  );
}

type FilterSelectProps = {
  name: string;
  /** Shown before the choice, in the same box. */
  label: string;
  /** The value in the URL. */
  value: string;
  /** The first one has the value '': "Any". */
  options: SelectOption[];
};

/** One filter. With script the list follows the choice immediately. */
export function FilterSelect({ name, label, value, options }: FilterSelectProps) {
  const apply = useApplyFilters();
  const select = useRef<HTMLSelectElement>(null);
  // "Clear filters" and the Back button change the URL, not the field.
  useEffect(() => {
    if (select.current) select.current.value = value;
  }, [value]);
  return (
    <label
      className={classes(
        'motion relative flex min-h-9 max-w-full min-w-0 items-center rounded-md border bg-raised text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
        value === '' ? 'border-control' : 'border-ink',
      )}
    >
      <span className="shrink-0 ps-2.5 text-muted">{label}</span>
      <select
        ref={select}
        name={name}
        defaultValue={value}
        onChange={() => apply?.()}
        className="min-h-9 min-w-0 appearance-none truncate rounded-md bg-transparent ps-1.5 pe-8 font-medium text-ink outline-none"
      >
        <SelectOptions options={options} />
      </select>
      <ChevronDown size={16} className="pointer-events-none absolute end-2 text-muted" aria-hidden />
    </label>
  );
}
