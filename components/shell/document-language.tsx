'use client';

import { DirectionProvider } from '@base-ui/react/direction-provider';
import { usePathname } from 'next/navigation';
import { type ReactNode, useLayoutEffect } from 'react';
import { directionOf, isConsolePath, type Locale } from '@/lib/i18n/model';

type Props = {
  /** The language of a person's own pages, and that of the console. */
  personLocale: Locale;
  consoleLocale: Locale;
  children: ReactNode;
};

/**
 * Keeps the document's `lang` and `dir` true when the router moves between a person's pages and the console, which may
 * be in different languages: the root layout is not rendered again. Menus and other floating parts follow the direction.
 */
export function DocumentLanguage({ personLocale, consoleLocale, children }: Props) {
  const locale = isConsolePath(usePathname()) ? consoleLocale : personLocale;
  const direction = directionOf(locale);
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = direction;
  }, [locale, direction]);
  return <DirectionProvider direction={direction}>{children}</DirectionProvider>;
}
