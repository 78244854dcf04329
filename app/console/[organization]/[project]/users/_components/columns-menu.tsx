'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { buttonStyle } from '@/components/ui/button-style';
import { classes } from '@/components/ui/classes';
import { Columns3 } from '@/components/ui/icons';
import { MenuButton, MenuChecks, MenuPopup } from '@/components/ui/overlay/menu';
import { useTranslations } from '@/lib/i18n/use-translations';
import { COLUMNS, COLUMNS_COOKIE, type Column, writeColumns } from '../columns';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Chooses the columns of the list; the server renders them again. */
export function ColumnsMenu({ columns }: { columns: readonly Column[] }) {
  const t = useTranslations('consoleUsers.columns');
  const router = useRouter();
  const [chosen, setChosen] = useState(columns);
  const toggle = (column: string, isShown: boolean) => {
    const next = COLUMNS.filter((one) => (one === column ? isShown : chosen.includes(one)));
    setChosen(next);
    const secure = location.protocol === 'https:' ? '; secure' : '';
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers
    document.cookie = `${COLUMNS_COOKIE}=${writeColumns(next)}; path=/console; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
    router.refresh();
  };
  return (
    <MenuButton
      className={classes(buttonStyle('secondary', 'small'), 'min-h-9')}
      menu={
        <MenuPopup>
          <MenuChecks
            label={t('label')}
            options={COLUMNS.map((value) => ({ value, text: t(`names.${value}`) }))}
            checked={chosen}
            onToggle={toggle}
          />
        </MenuPopup>
      }
    >
      <Columns3 size={16} aria-hidden />
      {t('button')}
    </MenuButton>
  );
}
