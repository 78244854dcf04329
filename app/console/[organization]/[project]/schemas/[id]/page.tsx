import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { thingTitle } from '@/app/console/title';
import { SchemaPreview } from '@/components/schema/schema-preview';
import { PageHeading } from '@/components/shell/page-heading';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { CodeBlock } from '@/components/ui/code-block';
import { DateText } from '@/components/ui/data/date-text';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { isStorableText } from '@/lib/platform/text';
import { fieldsOf, fieldTitle, type SchemaField, toSchemaUrl } from '@/lib/schema/model';
import { DEFAULT_SCHEMA_ID, getSchema } from '@/lib/schema/service';
import { listSchemaChangesOf } from '@/lib/schema-change/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { readVersions } from '../versions';
import { ChangeTable } from './_components/change-table';
import { DeleteSchema } from './_components/delete-schema';
import { VersionTable } from './_components/version-table';
import { remove } from './actions';

/** The latest ones. */
const SHOWN_CHANGES = 10;

type Props = PageProps<'/console/[organization]/[project]/schemas/[id]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = async () => {
    const { id, ...place } = await params;
    const { project } = await requireProject(place);
    const [newest] = await findVersions(project.id, decodeURIComponent(id));
    return newest?.schemaId ?? notFound();
  };
  return thingTitle(name(), { kind: translator(await getLocale(), 'consoleSchemas')('title') });
}

/** Read once for both the page and its title. */
const findVersions = cache(async (projectId: string, schemaId: string) =>
  isStorableText(schemaId) ? readVersions(projectId, schemaId) : [],
);

/** One schema version, the newest unless the URL names another: fields, form and JSON. */
export default async function SchemaPage({ params, searchParams }: Props) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const { person, project } = proof;
  const schemaId = decodeURIComponent(id);
  const versions = await findVersions(project.id, schemaId);
  const { version: requested } = await searchParams;
  const [newest] = versions;
  const chosen = requested === undefined ? newest : versions.find(({ version }) => String(version) === requested);
  if (!newest || !chosen) notFound();
  const [locale, schema, changes] = await Promise.all([
    getLocale(person.identity.locale),
    getSchema(project.id, schemaId, chosen.version),
    listSchemaChangesOf(project.id, schemaId, SHOWN_CHANGES),
  ]);
  const isAdmin = may(proof, 'admin');
  const users = versions.reduce((sum, { identities }) => sum + identities, 0);
  const list = translator(locale, 'consoleSchemas');
  const t = translator(locale, 'consoleSchemas.detail');
  const changeTexts = translator(locale, 'consoleSchemaChange');
  const common = translator(locale, 'common');
  const base = `/console/${place.organization}/${place.project}`;
  const href = `${base}/schemas/${encodeURIComponent(schemaId)}`;
  const address = toSchemaUrl(project.origin, schemaId);
  const fields = fieldsOf(schema.document);
  return (
    <>
      <Breadcrumbs
        label={common('breadcrumbs')}
        items={[{ href: `${base}/schemas`, text: list('title') }]}
        current={schemaId}
      />
      <PageHeading
        title={chosen.isNewest ? schemaId : list('schemaVersion', { schema: schemaId, version: chosen.version })}
      />
      <div className="flex flex-col gap-6">
        {!chosen.isNewest && (
          <Notice tone="warning" word={common('notice.warning')}>
            {t.rich('olderNotice', {
              version: newest.version,
              link: (words) => <TextLink href={href}>{words}</TextLink>,
            })}
          </Notice>
        )}
        <Panel
          id="facts"
          title={t('facts')}
          actions={
            <ButtonLink href={`${href}/change`} variant={isAdmin ? 'primary' : 'secondary'} size="small">
              {isAdmin ? changeTexts('change') : changeTexts('view')}
            </ButtonLink>
          }
        >
          <DescriptionList>
            <DescriptionRow term={list('version')}>
              {schema.version} {!chosen.isNewest && <Badge>{list('older')}</Badge>}
            </DescriptionRow>
            <DescriptionRow term={list('identities')}>
              <TextLink href={`${base}/users?schema=${encodeURIComponent(schemaId)}`}>
                {formatNumber(users, locale)}
              </TextLink>
            </DescriptionRow>
            <DescriptionRow term={list('created')}>
              <DateText value={schema.createdAt} locale={locale} />
            </DescriptionRow>
            <DescriptionRow term={t('publicAddress')}>
              <TextLink href={address}>{address}</TextLink>
            </DescriptionRow>
          </DescriptionList>
        </Panel>
        {versions.length > 1 && (
          <Panel id="versions" title={t('versions')} help={t('versionsHelp')} isFlush>
            <VersionTable versions={versions} shown={schema.version} href={href} locale={locale} />
          </Panel>
        )}
        {changes.length > 0 && (
          <Panel id="changes" title={changeTexts('list.title')} help={changeTexts('list.help')} isFlush>
            <ChangeTable changes={changes} href={href} locale={locale} />
          </Panel>
        )}
        <Panel id="rules" title={t('rules')} isFlush>
          <Rules fields={fields} locale={locale} />
        </Panel>
        <Panel id="preview" title={t('preview')} help={t('previewHelp')}>
          <I18nProvider locale={locale} messages={messagesOf(locale, 'consoleSchemas.detail', 'settings')}>
            <SchemaPreview document={schema.document} locale={locale} />
          </I18nProvider>
        </Panel>
        <CodeBlock
          label={t('json')}
          code={JSON.stringify(schema.document, null, 2)}
          copy={{ label: `${common('copy')}: ${t('json')}`, text: common('copy'), copiedText: common('copied') }}
        />
        {isAdmin && users === 0 && schemaId !== DEFAULT_SCHEMA_ID && (
          <div>
            <DeleteSchema
              label={changeTexts('remove.action')}
              title={changeTexts('remove.title', { schema: schemaId })}
              body={changeTexts('remove.body')}
              doneText={changeTexts('remove.done')}
              href={`${base}/schemas`}
              remove={remove.bind(null, place, { schemaId })}
            />
          </div>
        )}
      </div>
    </>
  );
}

function Rules({ fields, locale }: { fields: readonly SchemaField[]; locale: Locale }) {
  const t = translator(locale, 'consoleSchemas.detail');
  const may = { write: t('write'), writeOnce: t('writeOnce'), read: t('read'), hidden: t('hide') };
  return (
    <DataTable
      label={t('rules')}
      isFlush
      head={
        <>
          <Th isWide>{t('field')}</Th>
          <Th>{t('type')}</Th>
          <Th>{t('selfService')}</Th>
        </>
      }
    >
      {fields.map((field) => (
        <Row key={field.pointer}>
          <RowHeader
            detail={<code className="font-mono text-xs">{field.pointer}</code>}
            badges={
              <>
                {field.isRequired && <Badge>{t('required')}</Badge>}
                {field.isIdentifier && <Badge tone="info">{t('isIdentifier')}</Badge>}
              </>
            }
          >
            {fieldTitle(field, locale)}
          </RowHeader>
          <Td isNoWrap>{[field.isList ? `${field.type}[]` : field.type, field.format].filter(Boolean).join(', ')}</Td>
          <Td>{may[field.selfService]}</Td>
        </Row>
      ))}
    </DataTable>
  );
}
