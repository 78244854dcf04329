'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { classes } from '@/components/ui/classes';
import { LoaderCircle, PanelLeftClose, PanelLeftOpen } from '@/components/ui/icons';
import { Link, useIsLinkPending } from '@/components/ui/link';
import { Tooltip } from '@/components/ui/overlay/tooltip';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type ConsolePage, consolePages } from './console-pages';
import { type ConsolePlace, useConsolePlace } from './console-place';
import { FOLDED, MENU_COOKIE } from './preferences';

type SideProps = {
  places: ConsolePlace[];
  /** From the cookie, so that nothing shifts on hydration. */
  isFolded: boolean;
};

/**
 * The side menu, from 768 px. It collapses to icons, which this browser remembers. Without script it shows at any
 * width.
 */
export function ConsoleNav({ places, isFolded: wasFolded }: SideProps) {
  const t = useTranslations('console');
  const place = useConsolePlace(places);
  const [isFolded, setFolded] = useState(wasFolded);
  const pages = consolePages(place, useTranslations('console.nav'));
  if (pages.length === 0) return null;
  const toggle = () => {
    setFolded(!isFolded);
    rememberMenu(!isFolded);
  };
  const Icon = isFolded ? PanelLeftOpen : PanelLeftClose;
  const label = isFolded ? t('expandSidebar') : t('collapseSidebar');
  return (
    <div
      className={classes(
        'hidden shrink-0 border-line md:sticky md:top-(--bar-height) md:flex md:h-[calc(100dvh-var(--bar-height))] md:flex-col md:justify-between md:gap-4 md:overflow-y-auto md:border-e noscript:block',
        isFolded ? 'md:w-14' : 'md:w-60',
      )}
    >
      <PageLinks label={place.project ? t('nav.project') : t('nav.organization')} pages={pages} isFolded={isFolded} />
      <div className="p-2.5 noscript:hidden">
        <Tooltip text={label} isDisabled={!isFolded}>
          <button type="button" onClick={toggle} className={classes(LINE_STYLE, 'text-muted hover:text-ink')}>
            <Icon size={16} className="shrink-0" aria-hidden />
            <span className={isFolded ? 'sr-only' : undefined}>{label}</span>
          </button>
        </Tooltip>
      </div>
    </div>
  );
}

const LINE_STYLE =
  'motion flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-start font-medium hover:bg-sunken';

/** The links of a menu. The one for the current page or its parent is marked. */
export function PageLinks({ label, pages, isFolded }: { label: string; pages: ConsolePage[]; isFolded: boolean }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="p-2.5 md:pt-4">
      <ul className="flex flex-col gap-1">
        {pages.map(({ href, text, icon, isExact = false }) => {
          const isPage = pathname === href;
          const isCurrent = isPage || (!isExact && pathname.startsWith(`${href}/`));
          return (
            <li key={href}>
              <Tooltip text={text} isDisabled={!isFolded}>
                <Link
                  href={href}
                  aria-current={isPage ? 'page' : isCurrent ? 'true' : undefined}
                  className={classes(
                    LINE_STYLE,
                    isCurrent
                      ? 'bg-sunken text-ink underline-offset-4 forced-colors:underline'
                      : 'text-muted hover:text-ink',
                  )}
                >
                  <LinkIcon isCurrent={isCurrent}>{icon}</LinkIcon>
                  <span className={isFolded ? 'sr-only' : 'min-w-0'}>{text}</span>
                </Link>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Spins while the target page loads, after a noticeable delay. */
function LinkIcon({ isCurrent, children }: { isCurrent: boolean; children: ReactNode }) {
  const isPending = useIsLinkPending();
  return (
    <span className={classes('relative shrink-0', isCurrent && 'text-accent')}>
      <span className={classes('block', isPending && 'opacity-0 transition-opacity delay-150 duration-0')}>
        {children}
      </span>
      {isPending && (
        <span className="absolute inset-0 transition-opacity delay-150 duration-0 starting:opacity-0">
          <LoaderCircle size={16} className="turn" aria-hidden />
        </span>
      )}
    </span>
  );
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

function rememberMenu(isFolded: boolean): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  const value = isFolded ? FOLDED : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it; not all browsers have the Cookie Store API
  document.cookie = `${MENU_COOKIE}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}
