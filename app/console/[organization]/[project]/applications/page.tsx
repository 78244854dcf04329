import { ApplicationTable } from '@/components/application/application-table';
import { PageHeading } from '@/components/shell/page-heading';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { Plus } from '@/components/ui/icons';
import { countApplications, listAllowedGroupsOf } from '@/lib/application/service';
import { translator } from '@/lib/i18n/translate';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { pageOf } from './query';

export const generateMetadata = pageTitle('consoleApplications', 'title');

/** The applications of the project, newest first. */
export default async function ApplicationsPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/applications'>) {
  const place = await params;
  const proof = await requireProject(place);
  const { project, person } = proof;
  const [locale, page, total] = await Promise.all([
    getLocale(person.identity.locale),
    pageOf(project.id, await searchParams),
    countApplications(project.id),
  ]);
  const groups = await listAllowedGroupsOf(
    project.id,
    page.applications.map(({ id }) => id),
  );
  const t = translator(locale, 'consoleApplications');
  const base = `/console/${place.organization}/${place.project}/applications`;
  const isAdmin = may(proof, 'admin');
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <PageHeading title={t('title')}>{t('help')}</PageHeading>
        {isAdmin && (
          <div className="pb-6">
            <ButtonLink href={`${base}/new`} variant="primary" size="small" icon={<Plus size={16} aria-hidden />}>
              {t('create.action')}
            </ButtonLink>
          </div>
        )}
      </div>
      <div className="flex flex-col gap-4">
        {page.applications.length === 0 ? (
          <EmptyState>{t(isAdmin ? 'empty' : 'emptyForViewer')}</EmptyState>
        ) : (
          <>
            <ApplicationTable applications={page.applications} groups={groups} base={base} locale={locale} />
            {(page.newer || page.older) && (
              <Pager
                {...newestFirst(locale)}
                firstHref={page.newer ? base : null}
                previousHref={page.newer ? `${base}?after=${page.newer}` : null}
                nextHref={page.older ? `${base}?before=${page.older}` : null}
              >
                {t('total', { count: total })}
              </Pager>
            )}
          </>
        )}
      </div>
    </>
  );
}
