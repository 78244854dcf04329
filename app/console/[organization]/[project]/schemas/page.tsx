import { PageHeading } from '@/components/shell/page-heading';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { DateText } from '@/components/ui/data/date-text';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Plus } from '@/components/ui/icons';
import { formatNumber } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { fieldsOf } from '@/lib/schema/model';
import { listSchemas } from '@/lib/schema/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { readVersions } from './versions';

export const generateMetadata = pageTitle('consoleSchemas', 'title');

/** Each schema in its newest version, followed by older versions still in use. */
export default async function SchemasPage({ params }: PageProps<'/console/[organization]/[project]/schemas'>) {
  const proof = await requireProject(await params);
  const { person, organization, project } = proof;
  const [locale, schemas, versions] = await Promise.all([
    getLocale(person.identity.locale),
    listSchemas(project.id),
    readVersions(project.id),
  ]);
  const t = translator(locale, 'consoleSchemas');
  const listed = schemas.flatMap((schema) => {
    const own = versions.filter(({ schemaId }) => schemaId === schema.schemaId);
    return own
      .filter(({ isNewest, identities }) => isNewest || identities > 0)
      .map((version) => ({ ...version, count: own.length, fields: fieldsOf(schema.document).length }));
  });
  const base = `/console/${organization.slug}/${project.slug}/schemas`;
  const href = (schemaId: string) => `${base}/${encodeURIComponent(schemaId)}`;
  return (
    <>
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      {may(proof, 'admin') && (
        <div className="pb-4">
          <ButtonLink href={`${base}/-/new`} size="small" icon={<Plus size={16} aria-hidden />}>
            {translator(locale, 'consoleSchemaEditor')('new.action')}
          </ButtonLink>
        </div>
      )}
      <DataTable
        label={t('title')}
        head={
          <>
            <Th isWide>{t('id')}</Th>
            <Th isNumeric>{t('version')}</Th>
            <Th isNumeric>{t('identities')}</Th>
            <Th isNumeric hideBelow="sm">
              {t('fields')}
            </Th>
            <Th hideBelow="sm">{t('created')}</Th>
          </>
        }
      >
        {listed.map(({ schemaId, version, identities, createdAt, isNewest, count, fields }) => (
          <Row key={`${schemaId} ${version}`}>
            <RowHeader
              href={isNewest ? href(schemaId) : `${href(schemaId)}?version=${version}`}
              detail={isNewest && count > 1 ? t('versionCount', { count }) : undefined}
              badges={!isNewest && <Badge>{t('older')}</Badge>}
              title={schemaId}
            >
              {isNewest ? schemaId : t('schemaVersion', { schema: schemaId, version })}
            </RowHeader>
            <Td isNumeric>{version}</Td>
            <Td isNumeric>{formatNumber(identities, locale)}</Td>
            <Td isNumeric hideBelow="sm">
              {isNewest && fields}
            </Td>
            <Td isMuted isNoWrap hideBelow="sm">
              <DateText value={createdAt} locale={locale} />
            </Td>
          </Row>
        ))}
      </DataTable>
    </>
  );
}
