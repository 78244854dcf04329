import { cookies } from 'next/headers';
import { setUserColumns } from '@/app/console/actions';
import { PageHeading } from '@/components/shell/page-heading';
import { ButtonLink } from '@/components/ui/button-link';
import { UserPlus } from '@/components/ui/icons';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { listSchemas } from '@/lib/schema/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { ApiCredentialsPanel } from './_components/api-credentials-panel';
import { ColumnsMenu } from './_components/columns-menu';
import { ExportLinks } from './_components/export-links';
import { UserFilters } from './_components/user-filters';
import { UserList } from './_components/user-list';
import { COLUMNS_COOKIE, COLUMNS_FORM, readColumns } from './columns';
import { readQuery } from './query';

export const generateMetadata = pageTitle('consoleUsers', 'title');

/** A project's users and API credentials. The URL holds the whole state of the list. */
export default async function UsersPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/users'>) {
  const { organization, project } = await params;
  const proof = await requireProject({ organization, project });
  const search = await searchParams;
  const [locale, schemas] = await Promise.all([getLocale(proof.person.identity.locale), listSchemas(proof.project.id)]);
  const schemaIds = schemas.map(({ schemaId }) => schemaId);
  const query = readQuery(search, schemaIds);
  const shown = readColumns((await cookies()).get(COLUMNS_COOKIE)?.value);
  const base = `/console/${organization}/${project}/users`;
  const t = translator(locale, 'consoleUsers');
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <PageHeading title={t('title')} />
        <div className="flex flex-wrap gap-2 pb-6">
          {proof.project.registration === 'invitation' && (
            <ButtonLink href={`${base}/invitations`} size="small">
              {t('invitations.title')}
            </ButtonLink>
          )}
          <ButtonLink href={`${base}/groups`} size="small">
            {translator(locale, 'consoleGroups')('title')}
          </ButtonLink>
          <ButtonLink href={`${base}/recycle-bin`} size="small">
            {translator(locale, 'consoleRecycleBin')('title')}
          </ButtonLink>
          {may(proof, 'admin') && (
            <ButtonLink href={`${base}/jobs`} size="small">
              {translator(locale, 'consoleJobs')('title')}
            </ButtonLink>
          )}
          {may(proof, 'admin') && (
            <ButtonLink href={`${base}/import`} size="small">
              {translator(locale, 'consoleImport')('action')}
            </ButtonLink>
          )}
          {may(proof, 'admin') && (
            <ButtonLink href={`${base}/new`} variant="primary" size="small" icon={<UserPlus size={16} aria-hidden />}>
              {t('create.action')}
            </ButtonLink>
          )}
        </div>
      </div>
      <div className="flex flex-col gap-4">
        <div>
          <UserFilters query={query} schemaIds={schemaIds} base={base} locale={locale}>
            <I18nProvider locale={locale} messages={messagesOf(locale, 'consoleUsers.columns')}>
              <ColumnsMenu columns={shown.columns} applyLabel={t('list.apply')} />
            </I18nProvider>
          </UserFilters>
          {/* Forms cannot contain each other: the menu's fields refer to this one. */}
          <form id={COLUMNS_FORM} action={setUserColumns} />
        </div>
        <UserList proof={proof} query={query} shown={shown} search={search} base={base} locale={locale} />
        <ExportLinks query={query} base={base} locale={locale} />
        <ApiCredentialsPanel proof={proof} locale={locale} now={new Date()} />
      </div>
    </>
  );
}
