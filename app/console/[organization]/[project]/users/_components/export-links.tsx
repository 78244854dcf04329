import { Disclosure } from '@/components/ui/layout/disclosure';
import { TEXT_LINK_STYLE } from '@/components/ui/text-link';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { listHref, type UserQuery } from '../query';

/** Downloads of the users that the list's filters match. */
export function ExportLinks({ query, base, locale }: { query: UserQuery; base: string; locale: Locale }) {
  const t = translator(locale, 'consoleImport.export');
  const filters = new URLSearchParams(listHref(base, query).split('?')[1] ?? '');
  filters.delete('sort');
  const href = (params: Record<string, string>) =>
    `${base}/export?${new URLSearchParams([...filters, ...Object.entries(params)])}`;
  return (
    <Disclosure summary={t('button')}>
      <p className="pb-2 text-sm text-muted">{t('label')}</p>
      <ul className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        {(
          [
            ['jsonl', { format: 'jsonl' }],
            ['csv', { format: 'csv' }],
            ['spreadsheet', { format: 'csv', spreadsheet: 'true' }],
          ] as const
        ).map(([name, params]) => (
          <li key={name}>
            <a href={href(params)} download className={TEXT_LINK_STYLE}>
              {t(name)}
            </a>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
