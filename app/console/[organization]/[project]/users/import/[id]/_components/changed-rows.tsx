import { type FieldTitles, fieldName, fieldValue } from '@/components/audit/event-fields';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { ArrowRight } from '@/components/ui/icons';
import { Disclosure } from '@/components/ui/layout/disclosure';
import { Panel } from '@/components/ui/layout/panel';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { TextLink } from '@/components/ui/text-link';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { ChangedRow, Findings } from '@/lib/import/model';

type Props = { findings: Findings; titles: FieldTitles; users: string; locale: Locale };

/** How often each field changes, then the first users with each field: before → after. */
export function ChangedRows({ findings: { changed, fields }, titles, users, locale }: Props) {
  const t = translator(locale, 'consoleImport.changes');
  return (
    <Panel id="changes" title={t('title')} isFlush>
      <DataTable
        label={t('fields')}
        isFlush
        head={
          <>
            <Th isWide>{t('field')}</Th>
            <Th isNumeric>{t('count')}</Th>
          </>
        }
      >
        {Object.entries(fields).map(([pointer, count]) => (
          <Row key={pointer}>
            <RowHeader>
              <bdi>{fieldName(pointer, titles, locale)}</bdi>
            </RowHeader>
            <Td isNumeric>{formatNumber(count, locale)}</Td>
          </Row>
        ))}
      </DataTable>
      <div className="border-t border-line p-4 sm:px-5">
        <Disclosure summary={t('first', { count: changed.length })}>
          <ul className="flex flex-col gap-4 text-sm">
            {changed.map((one) => (
              <ChangedUser key={one.row} one={one} titles={titles} users={users} locale={locale} />
            ))}
          </ul>
        </Disclosure>
      </div>
    </Panel>
  );
}

function ChangedUser({ one, titles, users, locale }: { one: ChangedRow } & Omit<Props, 'findings'>) {
  const t = translator(locale, 'consoleAudit.changes');
  const shown = (pointer: string, value: ChangedRow['changes'][string]['after']) =>
    fieldValue(pointer, value, locale) ?? t('notSet');
  return (
    <li className="flex min-w-0 flex-col gap-1">
      <p className="wrap-anywhere">
        <span className="text-muted">{translator(locale, 'consoleImport.changes')('row', { row: one.row })}</span>{' '}
        <TextLink href={`${users}/${one.id}`}>
          <bdi>{one.name}</bdi>
        </TextLink>
      </p>
      <dl>
        {Object.entries(one.changes).map(([pointer, { before, after }]) => (
          <div key={pointer} className="grid min-w-0 gap-x-4 sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)]">
            <dt className="text-muted wrap-anywhere">
              <bdi>{fieldName(pointer, titles, locale)}</bdi>
            </dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-2 wrap-anywhere">
              <VisuallyHidden>{t('before')}: </VisuallyHidden>
              <bdi>{shown(pointer, before)}</bdi>
              <ArrowRight size={14} className="shrink-0 text-muted rtl:-scale-x-100" aria-hidden />
              <VisuallyHidden>{t('after')}: </VisuallyHidden>
              <bdi>{shown(pointer, after)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
