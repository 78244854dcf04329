'use client';

import { usePathname } from 'next/navigation';
import { Link } from '@/components/ui/link';
import { classes } from '../classes';

export type TabsNavItem = {
  href: string;
  text: string;
  /** The count on the tab. */
  count?: number | string;
  /** By default the tab whose path is the page's is current. */
  isCurrent?: boolean;
};

/** Related pages as tabs that are links. They wrap on narrow screens. */
export function TabsNav({ label, items }: { label: string; items: TabsNavItem[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-x-5 border-b border-line">
        {items.map(({ href, text, count, isCurrent = pathname === href }) => (
          <li key={href} className="min-w-0">
            <Link
              href={href}
              aria-current={isCurrent ? 'page' : undefined}
              className={classes(
                'motion -mb-px flex min-h-11 items-center gap-2 border-b-2 text-sm font-medium',
                isCurrent
                  ? 'border-accent text-ink underline-offset-4 forced-colors:underline'
                  : 'border-transparent text-muted hover:text-ink forced-colors:border-[Canvas]',
              )}
            >
              <span className="min-w-0">{text}</span>
              {count !== undefined && (
                <span className="rounded-full bg-sunken px-1.5 text-xs leading-5 text-muted tabular-nums">{count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
