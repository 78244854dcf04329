'use client';

import { useState } from 'react';
import { Search } from '@/components/ui/icons';
import { OnDemand, overlayOnDemand } from '@/components/ui/overlay/on-demand';
import { useHasSingleKeys } from '@/components/ui/shortcut-provider';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useShortcut } from '@/components/ui/use-shortcut';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ConsolePlace, CurrentPlace } from './console-place';

const SearchDialog = overlayOnDemand(new OnDemand(() => import('./search-dialog')), (loaded) => loaded.SearchDialog);

type Props = { places: ConsolePlace[]; place: CurrentPlace };

/**
 * Search from anywhere: pages, actions, other projects and the users of this one. Ctrl K or Cmd K opens it, and so does
 * `/` on a page without its own search field, unless single-key shortcuts are off.
 */
export function ConsoleSearch({ places, place }: Props) {
  const t = useTranslations('console.search');
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  useShortcut({ key: 'k', hasCommand: true }, open);
  useShortcut(useHasSingleKeys() ? { key: '/' } : null, () => {
    if (!focusSearchField()) open();
  });
  return (
    <>
      <button
        type="button"
        onClick={open}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        className="motion flex min-h-9 shrink-0 items-center gap-2 rounded-md text-muted hover:bg-sunken hover:text-ink max-md:size-10 max-md:justify-center md:min-w-52 md:border md:border-control md:bg-surface md:px-2.5 noscript:hidden"
      >
        <Search size={16} className="shrink-0 max-md:size-5" aria-hidden />
        <span className="max-md:sr-only md:flex-1 md:text-start">{t('button')}</span>{' '}
        <kbd className="rounded-sm border border-line bg-sunken px-1.5 font-sans text-xs leading-5 max-md:hidden">
          <CommandKey />
        </kbd>
      </button>
      <SearchDialog isOpen={isOpen} onOpenChange={setOpen} places={places} place={place} />
    </>
  );
}

/** Known after hydration; both have the same width, so that nothing shifts. */
function CommandKey() {
  const isApple = useHydrated() && /^(Mac|iP)/.test(navigator.platform);
  return <span className="inline-block min-w-9 text-center">{isApple ? '⌘ K' : 'Ctrl K'}</span>;
}

/** The page's own search field that `/` focuses (components/ui/data/search-field.tsx). */
function focusSearchField(): boolean {
  const field = document.querySelector<HTMLInputElement>('input[aria-keyshortcuts="/"]');
  field?.focus();
  field?.select();
  return field !== null;
}
