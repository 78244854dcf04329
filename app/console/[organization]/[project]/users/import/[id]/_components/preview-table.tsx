import { type FieldTitles, fieldName, fieldValue } from '@/components/audit/event-fields';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Panel } from '@/components/ui/layout/panel';
import { diffJson } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { PreviewRow } from '@/lib/import/model';
import { reasonText } from '../../reason-text';

type Props = { rows: PreviewRow[]; titles: FieldTitles; locale: Locale };

/** The first rows of a file as the users that they describe. */
export function PreviewTable({ rows, titles, locale }: Props) {
  const t = translator(locale, 'consoleImport.preview');
  return (
    <Panel id="preview" title={t('title')} help={t('help')} isFlush>
      <DataTable
        label={t('title')}
        isFlush
        head={
          <>
            <Th>{t('row')}</Th>
            <Th isWide>{t('user')}</Th>
            <Th isWide>{t('values')}</Th>
          </>
        }
      >
        {rows.map((one) => (
          <Row key={one.row}>
            <Td isMuted className="tabular-nums">
              {one.row}
            </Td>
            {'reason' in one ? (
              <>
                <RowHeader>—</RowHeader>
                <Td className="text-danger">
                  {reasonText(one, locale, (pointer) => fieldName(pointer, titles, locale))}
                </Td>
              </>
            ) : (
              <>
                <RowHeader title={one.name || t('noName')}>
                  <bdi>{one.name || t('noName')}</bdi>
                </RowHeader>
                <Td>
                  <Values row={one} titles={titles} locale={locale} />
                </Td>
              </>
            )}
          </Row>
        ))}
      </DataTable>
    </Panel>
  );
}

function Values({ row, titles, locale }: { row: Extract<PreviewRow, { name: string }> } & Omit<Props, 'rows'>) {
  const values = Object.entries(diffJson({}, row.identity)).slice(0, 12);
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-1">
      {values.map(([pointer, { after }]) => (
        <div key={pointer} className="flex min-w-0 gap-1">
          <dt className="text-muted">
            <bdi>{fieldName(pointer, titles, locale)}</bdi>:
          </dt>
          <dd className="min-w-0 wrap-anywhere">
            <bdi>{fieldValue(pointer, after, locale)?.slice(0, 200)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
