import { RelativeTime } from '@/components/ui/data/relative-time';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { stateOf } from '@/lib/job/model';
import type { SchemaChange } from '@/lib/schema-change/model';

type Props = {
  changes: SchemaChange[];
  /** The path of the schema. */
  href: string;
  locale: Locale;
};

/** The latest impact checks, publications and roll backs of a schema. */
export function ChangeTable({ changes, href, locale }: Props) {
  const t = translator(locale, 'consoleSchemaChange');
  const now = new Date();
  return (
    <DataTable
      label={t('list.title')}
      isFlush
      head={
        <>
          <Th isWide>{t('change')}</Th>
          <Th>{t('list.state')}</Th>
          <Th>{t('list.started')}</Th>
        </>
      }
    >
      {changes.map((change) => (
        <Row key={change.id}>
          <RowHeader href={`${href}/change/${change.id}`} title={t(`kinds.${change.kind}`)}>
            {t(`kinds.${change.kind}`)}
          </RowHeader>
          <Td isNoWrap>{t(`states.${stateOf(change)}`)}</Td>
          <Td isMuted isNoWrap>
            <RelativeTime value={change.createdAt} now={now} locale={locale} />
          </Td>
        </Row>
      ))}
    </DataTable>
  );
}
