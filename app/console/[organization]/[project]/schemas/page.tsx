import type { Metadata } from 'next';
import { PageHeading } from '@/components/shell/page-heading';
import { DateText } from '@/components/ui/date-text';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/table';
import { requireProject } from '@/lib/http/console';
import { getLocale } from '@/lib/http/locale';
import { formatNumber } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { countIdentities } from '@/lib/identity/service';
import { fieldsOf } from '@/lib/schema/model';
import { listSchemas } from '@/lib/schema/service';

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await getLocale(), 'consoleSchemas')('title') };
}

export default async function SchemasPage({ params }: PageProps<'/console/[organization]/[project]/schemas'>) {
  const { person, organization, project } = await requireProject(await params);
  const [locale, schemas] = await Promise.all([getLocale(person.identity.locale), listSchemas(project.id)]);
  const counts = await Promise.all(schemas.map(({ schemaId }) => countIdentities(project.id, { schemaId })));
  const t = translator(locale, 'consoleSchemas');
  return (
    <>
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <DataTable
        label={t('title')}
        head={
          <>
            <Th>{t('id')}</Th>
            <Th isNumeric>{t('version')}</Th>
            <Th isNumeric>{t('identities')}</Th>
            <Th isNumeric hideBelow="sm">
              {t('fields')}
            </Th>
            <Th hideBelow="sm">{t('created')}</Th>
          </>
        }
      >
        {schemas.map((schema, at) => (
          <Row key={schema.id}>
            <RowHeader
              href={`/console/${organization.slug}/${project.slug}/schemas/${encodeURIComponent(schema.schemaId)}`}
            >
              {schema.schemaId}
            </RowHeader>
            <Td isNumeric>{schema.version}</Td>
            <Td isNumeric>{formatNumber(counts[at] ?? 0, locale)}</Td>
            <Td isNumeric hideBelow="sm">
              {fieldsOf(schema.document).length}
            </Td>
            <Td isMuted isNoWrap hideBelow="sm">
              <DateText value={schema.createdAt} locale={locale} />
            </Td>
          </Row>
        ))}
      </DataTable>
    </>
  );
}
