import type { ReactNode } from 'react';
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from '@/components/ui/icons';
import { Link } from '@/components/ui/link';
import { buttonStyle } from '../button-style';

type Props = {
  /** The accessible name: "Pages". */
  label: string;
  /** The neighboring pages; null if there is none. Omit `firstHref` or `lastHref` to hide that link. */
  firstHref?: string | null;
  previousHref: string | null;
  nextHref: string | null;
  lastHref?: string | null;
  words: { first?: string; previous: string; next: string; last?: string };
  /** "1 to 50 of 1,204" */
  children?: ReactNode;
};

/** Pager for a cursor-paged list. */
export function Pager({ label, firstHref, previousHref, nextHref, lastHref, words, children }: Props) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="text-sm text-muted tabular-nums">{children}</p>
      <div className="flex flex-wrap gap-2">
        {words.first && firstHref !== undefined && (
          <PageLink href={firstHref}>
            <ChevronFirst size={16} aria-hidden />
            {words.first}
          </PageLink>
        )}
        <PageLink href={previousHref} rel="prev">
          <ChevronLeft size={16} aria-hidden />
          {words.previous}
        </PageLink>
        <PageLink href={nextHref} rel="next">
          {words.next}
          <ChevronRight size={16} aria-hidden />
        </PageLink>
        {words.last && lastHref !== undefined && (
          <PageLink href={lastHref}>
            {words.last}
            <ChevronLast size={16} aria-hidden />
          </PageLink>
        )}
      </div>
    </nav>
  );
}

/**
 * Without such a page, its text stays in place so that nothing shifts; it is not a link and is hidden from screen
 * readers.
 */
function PageLink({ href, rel, children }: { href: string | null; rel?: string; children: ReactNode }) {
  if (href) {
    return (
      <Link href={href} rel={rel} className={buttonStyle('secondary', 'small')}>
        {children}
      </Link>
    );
  }
  return (
    <span
      aria-hidden
      className="inline-flex min-h-8 items-center gap-2 rounded-md border border-line px-2.5 py-1 text-sm font-medium text-muted select-none"
    >
      {children}
    </span>
  );
}
