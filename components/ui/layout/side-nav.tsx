'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { classes } from '../classes';

export type SideNavItem = { href: string; text: string; icon: ReactNode };

/** The pages of one area: a side menu from 768 px, a row of tabs below that. Links in both cases. */
export function SideNav({ label, items }: { label: string; items: SideNavItem[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-x-5 border-b border-line md:flex-col md:gap-1 md:border-0">
        {items.map(({ href, text, icon }) => {
          const isCurrent = pathname === href;
          return (
            <li key={href} className="min-w-0">
              <Link href={href} aria-current={isCurrent ? 'page' : undefined} className="side-link">
                <span className={classes('hidden shrink-0 sm:block', isCurrent && 'text-accent')}>{icon}</span>
                <span className="min-w-0">{text}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
