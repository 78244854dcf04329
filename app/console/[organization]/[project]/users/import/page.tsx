import { NoPermission } from '@/components/shell/no-permission';
import { PageHeading } from '@/components/shell/page-heading';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { TextLink } from '@/components/ui/text-link';
import { formatBytes } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { listWaitingImports } from '@/lib/import/service';
import { env } from '@/lib/platform/env';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { UploadFile } from './_components/upload-file';

export const generateMetadata = pageTitle('consoleImport', 'title');

/** Where an import begins: a file, or one uploaded before. */
export default async function ImportPage({ params }: PageProps<'/console/[organization]/[project]/users/import'>) {
  const place = await params;
  const proof = await requireProject(place);
  const locale = await getLocale(proof.person.identity.locale);
  const users = `/console/${place.organization}/${place.project}/users`;
  if (!may(proof, 'admin'))
    return <NoPermission role={proof.role} organization={proof.organization} backHref={users} locale={locale} />;
  const waiting = await listWaitingImports(proof.project.id, { kind: 'operator', id: proof.person.identity.id });
  const t = translator(locale, 'consoleImport');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: users, text: translator(locale, 'consoleUsers')('title') }]}
        current={t('title')}
      />
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <div className="flex flex-col gap-6">
        <UploadFile base={`${users}/import`} limit={formatBytes(env().maxImportBytes, locale)} />
        {waiting.length > 0 && (
          <Panel id="waiting" title={t('list.title')}>
            <ul className="flex flex-col gap-2 text-sm">
              {waiting.map(({ id, name, createdAt }) => (
                <li key={id} className="flex flex-wrap gap-x-3">
                  <TextLink href={`${users}/import/${id}`}>{t('list.open', { name })}</TextLink>
                  <span className="text-muted">
                    {t('list.uploaded')} <RelativeTime value={createdAt} now={new Date()} locale={locale} />
                  </span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </>
  );
}
