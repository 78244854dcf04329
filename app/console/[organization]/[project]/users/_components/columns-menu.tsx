'use client';

import { useRouter } from 'next/navigation';
import { type Ref, useRef, useState } from 'react';
import { buttonStyle } from '@/components/ui/button-style';
import { classes } from '@/components/ui/classes';
import { Columns3 } from '@/components/ui/icons';
import { MenuButton, MenuChecks, MenuPopup } from '@/components/ui/overlay/menu';
import { useTranslations } from '@/lib/i18n/use-translations';
import { COLUMNS, COLUMNS_COOKIE, COLUMNS_FORM, type Column, writeColumns } from '../columns';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const PLAIN_ID = 'plain-columns';

type Props = {
  columns: readonly Column[];
  /** The button without script. */
  applyLabel: string;
};

/** Chooses the columns of the list; the server renders them again. Without script, the same button opens a form. */
export function ColumnsMenu({ columns, applyLabel }: Props) {
  const t = useTranslations('consoleUsers.columns');
  const router = useRouter();
  const plain = useRef<HTMLFieldSetElement>(null);
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
      plain={{
        id: PLAIN_ID,
        ref: plain,
        content: <PlainColumns columns={columns} applyLabel={applyLabel} plainRef={plain} />,
      }}
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

function PlainColumns({ columns, applyLabel, plainRef }: Props & { plainRef: Ref<HTMLFieldSetElement> }) {
  const t = useTranslations('consoleUsers.columns');
  return (
    <fieldset
      ref={plainRef}
      id={PLAIN_ID}
      popover="auto"
      className="m-auto rounded-lg border border-line bg-raised p-4 text-sm text-ink shadow-float open:flex open:flex-col open:gap-2"
    >
      <legend className="contents">{t('label')}</legend>
      {COLUMNS.map((column) => (
        <label key={column} className="flex gap-2">
          <input
            type="checkbox"
            name="column"
            value={column}
            form={COLUMNS_FORM}
            defaultChecked={columns.includes(column)}
          />
          {t(`names.${column}`)}
        </label>
      ))}
      <button type="submit" form={COLUMNS_FORM} className={buttonStyle('secondary', 'small')}>
        {applyLabel}
      </button>
    </fieldset>
  );
}
