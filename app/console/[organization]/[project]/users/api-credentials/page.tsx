import { CredentialTable } from '@/components/api-credential/credential-table';
import { PageHeading } from '@/components/shell/page-heading';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import type { ApiCredential } from '@/lib/api-credential/model';
import { countApiCredentials, listApiCredentials } from '@/lib/api-credential/service';
import { translator } from '@/lib/i18n/translate';
import { isUuid } from '@/lib/platform/ids';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { AddCredential } from '../_components/add-credential';
import { createCredential } from './actions';

const PAGE_SIZE = 50;

export const generateMetadata = pageTitle('consoleCredentials', 'title');

/** All API credentials of the project, revoked ones too. */
export default async function ApiCredentialsPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/users/api-credentials'>) {
  const place = await params;
  const proof = await requireProject(place);
  const [locale, page, total] = await Promise.all([
    getLocale(proof.person.identity.locale),
    pageOf(proof.project.id, await searchParams),
    countApiCredentials(proof.project.id),
  ]);
  const t = translator(locale, 'consoleCredentials');
  const list = translator(locale, 'consoleCredentials.list');
  const users = `/console/${place.organization}/${place.project}/users`;
  const base = `${users}/api-credentials`;
  const isAdmin = may(proof, 'admin');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: users, text: translator(locale, 'console.nav')('users') }]}
        current={t('title')}
      />
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <PageHeading title={t('title')}>{list('help')}</PageHeading>
        {isAdmin && (
          <div className="pb-6">
            <AddCredential create={createCredential.bind(null, place)} base={base} />
          </div>
        )}
      </div>
      <div className="flex flex-col gap-4">
        {page.credentials.length === 0 ? (
          <EmptyState>{t(isAdmin ? 'empty' : 'emptyForViewer')}</EmptyState>
        ) : (
          <>
            <CredentialTable credentials={page.credentials} base={base} locale={locale} now={new Date()} />
            {(page.newer || page.older) && (
              <Pager
                {...newestFirst(locale)}
                firstHref={page.newer ? base : null}
                previousHref={page.newer ? `${base}?after=${page.newer}` : null}
                nextHref={page.older ? `${base}?before=${page.older}` : null}
              >
                {list('total', { count: total })}
              </Pager>
            )}
          </>
        )}
      </div>
    </>
  );
}

type Page = { credentials: ApiCredential[]; newer: string | undefined; older: string | undefined };
type Search = Record<string, string | string[] | undefined>;

/** Reads one more than shown, to know whether another page follows. An invalid cursor means the newest page. */
async function pageOf(projectId: string, search: Search): Promise<Page> {
  const after = cursor(search.after);
  const newer = after ? await listApiCredentials(projectId, { after, limit: PAGE_SIZE + 1 }) : [];
  if (newer.length > 0) {
    const credentials = newer.slice(-PAGE_SIZE);
    const hasMore = newer.length > PAGE_SIZE;
    return { credentials, newer: hasMore ? credentials[0]?.id : undefined, older: credentials.at(-1)?.id };
  }
  const before = cursor(search.before);
  const found = await listApiCredentials(projectId, { before, limit: PAGE_SIZE + 1 });
  const credentials = found.slice(0, PAGE_SIZE);
  const hasMore = found.length > PAGE_SIZE;
  return {
    credentials,
    newer: before ? credentials[0]?.id : undefined,
    older: hasMore ? credentials.at(-1)?.id : undefined,
  };
}

function cursor(value: Search[string]): string | undefined {
  return typeof value === 'string' && isUuid(value) ? value : undefined;
}
