import { NoPermission } from '@/components/shell/no-permission';
import { PageHeading } from '@/components/shell/page-heading';
import { FilterBar, FilterSelect } from '@/components/ui/data/filter-bar';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { fieldsOf } from '@/lib/schema/model';
import { DEFAULT_SCHEMA_ID, listSchemas } from '@/lib/schema/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { externalIdField, traitFields } from '../user-fields';
import { NewUserForm } from './_components/new-user-form';
import { createUser } from './actions';

export const generateMetadata = pageTitle('consoleUsers.create', 'title');

/** The form of a new user, made from the schema named in the URL. */
export default async function NewUserPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/users/new'>) {
  const place = await params;
  const proof = await requireProject(place);
  const locale = await getLocale(proof.person.identity.locale);
  const users = `/console/${place.organization}/${place.project}/users`;
  if (!may(proof, 'admin')) {
    return <NoPermission role={proof.role} organization={proof.organization} backHref={users} locale={locale} />;
  }
  const [schemas, { schema: asked }] = await Promise.all([listSchemas(proof.project.id), searchParams]);
  const schema =
    schemas.find(({ schemaId }) => schemaId === asked) ??
    schemas.find(({ schemaId }) => schemaId === DEFAULT_SCHEMA_ID) ??
    schemas[0];
  const t = translator(locale, 'consoleUsers');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: users, text: t('title') }]}
        current={t('create.title')}
      />
      <PageHeading title={t('create.title')} />
      <div className="flex max-w-text flex-col gap-6">
        {schemas.length > 1 && (
          <FilterBar label={t('create.schema')} action={`${users}/new`} applyLabel={t('list.apply')}>
            <FilterSelect
              name="schema"
              label={t('create.schema')}
              value={schema?.schemaId ?? ''}
              options={schemas.map(({ schemaId }) => ({ value: schemaId, text: schemaId }))}
            />
          </FilterBar>
        )}
        {schema && (
          <I18nProvider locale={locale} messages={messagesOf(locale, 'settings')}>
            <NewUserForm
              key={schema.schemaId}
              schemaId={schema.schemaId}
              traits={traitFields(schema.document, locale)}
              paths={fieldsOf(schema.document).map(({ pointer, path }) => ({ pointer, path }))}
              beside={externalIdField(locale)}
              origin={proof.project.origin}
              usersHref={users}
              create={createUser.bind(null, place)}
            />
          </I18nProvider>
        )}
      </div>
    </>
  );
}
