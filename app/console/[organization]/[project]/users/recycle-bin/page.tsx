import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { PageHeading } from '@/components/shell/page-heading';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/data/empty-state';
import { FilterBar } from '@/components/ui/data/filter-bar';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { SearchField } from '@/components/ui/data/search-field';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { TextLink } from '@/components/ui/text-link';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { DeletedFilter, DeletedWindow } from '@/lib/identity/model/deleted';
import { MAX_SEARCH_LENGTH, searchWords } from '@/lib/identity/model/search';
import { listDeletedSummaries } from '@/lib/identity/service';
import { isUuid } from '@/lib/platform/ids';
import { may, requireProject } from '@/lib/web/console';
import { readCursorPage, type Search } from '@/lib/web/cursor-page';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { DeletedTable } from './_components/deleted-table';

const PAGE_SIZE = 50;

export const generateMetadata = pageTitle('consoleRecycleBin', 'title');

/** Deleted users, the latest first. `user` in the URL: only that one. */
export default async function RecycleBinPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/users/recycle-bin'>) {
  const place = await params;
  const proof = await requireProject(place);
  const search = await searchParams;
  const { q, filter } = filterOf(search);
  const [locale, page] = await Promise.all([
    getLocale(proof.person.identity.locale),
    readCursorPage(search, PAGE_SIZE, (at) => listNewestFirst(proof.project.id, filter, at)),
  ]);
  const t = translator(locale, 'consoleRecycleBin');
  const project = `/console/${place.organization}/${place.project}`;
  const base = `${project}/users/recycle-bin`;
  const isFiltered = filter.ids !== undefined || q !== '';
  const href = (at: Record<string, string>) => `${base}?${new URLSearchParams({ ...(q !== '' && { q }), ...at })}`;
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: `${project}/users`, text: translator(locale, 'console.nav')('users') }]}
        current={t('title')}
      />
      <PageHeading title={t('title')}>
        {t('help', { days: proof.project.recycleBinDays })}{' '}
        {may(proof, 'admin') && <TextLink href={`${project}/settings#recycle-bin`}>{t('settings')}</TextLink>}
      </PageHeading>
      <div className="flex flex-col gap-4">
        {(page.items.length > 0 || isFiltered) && (
          <BinSearch q={q} base={base} isFiltered={isFiltered} locale={locale} />
        )}
        {page.items.length === 0 ? (
          <NothingHere base={base} users={`${project}/users`} isFiltered={isFiltered} locale={locale} />
        ) : (
          <>
            <FocusHeadingAfter shown={page.items.map(({ id }) => id)} />
            <DeletedTable proof={proof} deleted={page.items} users={`${project}/users`} locale={locale} />
            {(page.newer || page.older) && (
              <Pager
                {...newestFirst(locale)}
                firstHref={page.newer ? href({}) : null}
                previousHref={page.newer ? href({ after: page.newer }) : null}
                nextHref={page.older ? href({ before: page.older }) : null}
              />
            )}
          </>
        )}
      </div>
    </>
  );
}

function filterOf({ q, user }: Search): { q: string; filter: DeletedFilter } {
  const typed = typeof q === 'string' ? q.slice(0, MAX_SEARCH_LENGTH) : '';
  const isOne = typeof user === 'string' && isUuid(user);
  return { q: typed, filter: { words: searchWords(typed), ...(isOne && { ids: [user] }) } };
}

/** After a position, its nearest neighbors. */
async function listNewestFirst(projectId: string, filter: DeletedFilter, { after, before, limit }: DeletedWindow) {
  if (after) return (await listDeletedSummaries(projectId, filter, { after, limit })).reverse();
  return listDeletedSummaries(projectId, filter, { before, limit, isDescending: true });
}

type SearchProps = { q: string; base: string; isFiltered: boolean; locale: Locale };

function BinSearch({ q, base, isFiltered, locale }: SearchProps) {
  const t = translator(locale, 'consoleRecycleBin');
  return (
    <FilterBar
      label={t('filters')}
      action={base}
      applyLabel={t('apply')}
      clear={isFiltered ? { href: base, label: translator(locale, 'common')('clearFilters') } : undefined}
    >
      <SearchField
        label={t('search')}
        placeholder={t('searchPlaceholder')}
        value={q}
        clear={q === '' ? undefined : { href: base, label: t('clearSearch') }}
        hasShortcut
      />
    </FilterBar>
  );
}

type NothingProps = { base: string; users: string; isFiltered: boolean; locale: Locale };

function NothingHere({ base, users, isFiltered, locale }: NothingProps) {
  const t = translator(locale, 'consoleRecycleBin');
  const action = isFiltered
    ? { href: base, text: translator(locale, 'common')('clearFilters') }
    : { href: users, text: t('toUsers') };
  return (
    <EmptyState
      action={
        <ButtonLink href={action.href} size="small">
          {action.text}
        </ButtonLink>
      }
    >
      {t(isFiltered ? 'noMatch' : 'empty')}
    </EmptyState>
  );
}
