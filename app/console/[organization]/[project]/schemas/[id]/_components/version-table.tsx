import { Badge } from '@/components/ui/badge';
import { DateText } from '@/components/ui/data/date-text';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { CountedVersion } from '../../versions';

type Props = {
  versions: CountedVersion[];
  /** The version the page shows. */
  shown: number;
  /** The path of the schema. */
  href: string;
  locale: Locale;
};

/** Every version of a schema, newest first, each linked to its page. */
export function VersionTable({ versions, shown, href, locale }: Props) {
  const list = translator(locale, 'consoleSchemas');
  const t = translator(locale, 'consoleSchemas.detail');
  return (
    <DataTable
      label={t('versions')}
      isFlush
      head={
        <>
          <Th>{list('version')}</Th>
          <Th isNumeric>{list('identities')}</Th>
          <Th>{list('created')}</Th>
        </>
      }
    >
      {versions.map(({ version, identities, createdAt, isNewest, withdrawnAt }) => (
        <Row key={version} isHighlighted={version === shown}>
          <RowHeader
            href={isNewest ? href : `${href}?version=${version}`}
            badges={
              <>
                {isNewest && <Badge tone="info">{t('newest')}</Badge>}
                {withdrawnAt && <Badge tone="warning">{t('withdrawn')}</Badge>}
                {version === shown && <Badge>{t('shown')}</Badge>}
              </>
            }
          >
            {list('versionNumber', { version })}
          </RowHeader>
          <Td isNumeric>{formatNumber(identities, locale)}</Td>
          <Td isMuted isNoWrap>
            <DateText value={createdAt} locale={locale} />
          </Td>
        </Row>
      ))}
    </DataTable>
  );
}
