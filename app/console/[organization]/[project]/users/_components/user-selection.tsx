'use client';

import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useTranslations } from '@/lib/i18n/use-translations';

type Selected = {
  ids: ReadonlySet<string>;
  /** All that match the filter, on every page. */
  isAll: boolean;
  select: (ids: string[], isSelected: boolean) => void;
  selectAll: (isAll: boolean) => void;
  clear: () => void;
};

const Context = createContext<Selected | null>(null);

const NONE: ReadonlySet<string> = new Set();

export function useSelection(): Selected {
  const selected = use(Context);
  if (!selected) throw new Error('useSelection needs a UserSelection above it');
  return selected;
}

/** The selected rows of a page. `ids` are those on it: others, of a page or filter before, are selected no longer. */
export function UserSelection({ ids, children }: { ids: string[]; children: ReactNode }) {
  const [chosen, setChosen] = useState(NONE);
  const [isAll, setAll] = useState(false);
  const page = ids.join();
  const [shownPage, setShownPage] = useState(page);
  if (shownPage !== page) {
    setShownPage(page);
    setChosen(NONE);
    setAll(false);
  }
  const selected = useMemo(
    () => ({
      ids: chosen,
      isAll,
      select: (some: string[], isSelected: boolean) => {
        setAll(false);
        setChosen((last) => {
          const next = new Set(last);
          for (const id of some) isSelected ? next.add(id) : next.delete(id);
          return next;
        });
      },
      selectAll: setAll,
      clear: () => {
        setAll(false);
        setChosen(NONE);
      },
    }),
    [chosen, isAll],
  );
  return <Context value={selected}>{children}</Context>;
}

/** The box of a row; it and its surroundings are 24 px, above the row's link. */
export function SelectUser({ id, name }: { id: string; name: string }) {
  const t = useTranslations('consoleUsers.bulk');
  const { ids, isAll, select } = useSelection();
  return <Box label={t('selectUser', { name })} isChecked={isAll || ids.has(id)} onToggle={(is) => select([id], is)} />;
}

export const SELECT_PAGE_ID = 'select-page';

export function SelectPage({ ids: page }: { ids: string[] }) {
  const t = useTranslations('consoleUsers.bulk');
  const { ids, isAll, select } = useSelection();
  const isWhole = isAll || page.every((id) => ids.has(id));
  return (
    <Box
      id={SELECT_PAGE_ID}
      label={t('selectPage')}
      isChecked={isWhole}
      isMixed={!isWhole && ids.size > 0}
      onToggle={(is) => select(page, is)}
    />
  );
}

type BoxProps = {
  id?: string;
  label: string;
  isChecked: boolean;
  isMixed?: boolean;
  onToggle: (isChecked: boolean) => void;
};

/** Disabled until hydration: without script nothing can be done with a selection. */
function Box({ id, label, isChecked, isMixed = false, onToggle }: BoxProps) {
  const isHydrated = useHydrated();
  return (
    <input
      id={id}
      type="checkbox"
      aria-label={label}
      checked={isChecked}
      disabled={!isHydrated}
      ref={(box) => {
        if (box) box.indeterminate = isMixed;
      }}
      onChange={(event) => onToggle(event.target.checked)}
      className="select-box"
    />
  );
}
