import { type FieldTitles, fieldName } from '@/components/audit/event-fields';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Panel } from '@/components/ui/layout/panel';
import { Notice } from '@/components/ui/notice';
import { TEXT_LINK_STYLE } from '@/components/ui/text-link';
import { errorMessage } from '@/lib/i18n/error-message';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { FailedRow, Import } from '@/lib/import/model';
import { LeftOut } from '../../../jobs/_components/left-out';
import { reasonText } from '../../reason-text';
import { ChangedRows } from './changed-rows';

type Props = { one: Import; titles: FieldTitles; users: string; locale: Locale };

/** What an import did, or what its dry run found: numbers, changes, and rows with errors. */
export function ImportResult({ one, titles, users, locale }: Props) {
  const t = translator(locale, 'consoleImport');
  const { phase, created, changed, same, failed, passwords, leftOut, findings } = one;
  const isDone = phase === 'importing' || phase === 'finished';
  const number = (count: number) => formatNumber(count, locale);
  const leftOutTexts = [
    leftOut.counts.operator && t('numbers.operator', { count: leftOut.counts.operator }),
    leftOut.counts.last_owner && t('numbers.lastOwner', { count: leftOut.counts.last_owner }),
  ].filter(Boolean);
  return (
    <>
      {passwords > 0 && (
        <Notice word={translator(locale, 'common')('notice.info')}>
          <p>{t('numbers.passwords', { count: passwords })}</p>
        </Notice>
      )}
      <Panel id="numbers" title={t(isDone ? 'run.result' : 'check.title')}>
        <DescriptionList>
          <DescriptionRow term={t(isDone ? 'numbers.created' : 'numbers.create')}>{number(created)}</DescriptionRow>
          <DescriptionRow term={t(isDone ? 'numbers.changed' : 'numbers.change')}>{number(changed)}</DescriptionRow>
          <DescriptionRow term={t('numbers.same')}>{number(same)}</DescriptionRow>
          {leftOutTexts.length > 0 && (
            <DescriptionRow term={t('numbers.leftOut')}>{leftOutTexts.join(' · ')}</DescriptionRow>
          )}
          <DescriptionRow term={t('numbers.errors')}>{number(failed)}</DescriptionRow>
        </DescriptionList>
      </Panel>
      {findings.changed.length > 0 && <ChangedRows findings={findings} titles={titles} users={users} locale={locale} />}
      {findings.failed.length > 0 && (
        <FailedRows
          rows={findings.failed}
          all={failed}
          titles={titles}
          href={`${users}/import/${one.id}/errors`}
          locale={locale}
        />
      )}
      {leftOut.people.length > 0 && (
        <LeftOut projectId={one.projectId} leftOut={leftOut} base={users} locale={locale} />
      )}
    </>
  );
}

const isOfRow = (code: FailedRow['code']) => code === 'invalid_input' || code === 'invalid_traits';

type FailedProps = { rows: FailedRow[]; all: number; titles: FieldTitles; href: string; locale: Locale };

function FailedRows({ rows, all, titles, href, locale }: FailedProps) {
  const t = translator(locale, 'consoleImport.errors');
  return (
    <Panel
      id="errors"
      title={t('title')}
      help={t('help')}
      actions={
        <a href={href} download className={TEXT_LINK_STYLE}>
          {t('download')}
        </a>
      }
      isFlush
    >
      {all > rows.length && (
        <p className="px-4 py-3 text-sm text-muted sm:px-5">{t('more', { count: rows.length, all })}</p>
      )}
      <DataTable
        label={t('title')}
        isFlush
        head={
          <>
            <Th>{t('row')}</Th>
            <Th isWide>{t('reason')}</Th>
          </>
        }
      >
        {rows.map(({ row, code, reason }) => (
          <Row key={row}>
            <RowHeader className="min-w-0! tabular-nums">{row}</RowHeader>
            <Td>
              {/* The reason of a fault in the row itself says all. */}
              {!isOfRow(code) && <p>{errorMessage(translator(locale, 'errors'), { code })}</p>}
              <p className={isOfRow(code) ? undefined : 'text-muted'}>
                {reasonText({ reason }, locale, (pointer) => fieldName(pointer, titles, locale))}
              </p>
            </Td>
          </Row>
        ))}
      </DataTable>
    </Panel>
  );
}
