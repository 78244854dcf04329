import { PageHeading } from '@/components/shell/page-heading';
import { DateText } from '@/components/ui/data/date-text';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Pager } from '@/components/ui/data/pager';
import { inOrder } from '@/components/ui/data/pager-words';
import { CutText, DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { foldName } from '@/lib/group/model';
import { countGroups, countMembersOf, listGroups } from '@/lib/group/service';
import { formatNumber } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isStorableText } from '@/lib/platform/text';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { AddGroup } from './_components/add-group';
import { addGroup } from './actions';

const PAGE_SIZE = 50;

export const generateMetadata = pageTitle('consoleGroups', 'title');

/** The groups of the project, by name. */
export default async function GroupsPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/users/groups'>) {
  const place = await params;
  const proof = await requireProject(place);
  const { project, person } = proof;
  const [locale, page, total] = await Promise.all([
    getLocale(person.identity.locale),
    pageOf(project.id, await searchParams),
    countGroups(project.id),
  ]);
  const counts = await countMembersOf(
    project.id,
    page.groups.map(({ id }) => id),
  );
  const t = translator(locale, 'consoleGroups');
  const column = translator(locale, 'consoleGroups.columns');
  const users = `/console/${place.organization}/${place.project}/users`;
  const base = `${users}/groups`;
  const isAdmin = may(proof, 'admin');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: users, text: translator(locale, 'console.nav')('users') }]}
        current={t('title')}
      />
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <PageHeading title={t('title')}>{t('help')}</PageHeading>
        {isAdmin && (
          <div className="pb-6">
            <AddGroup base={base} create={addGroup.bind(null, place)} />
          </div>
        )}
      </div>
      <div className="flex flex-col gap-4">
        {page.groups.length === 0 ? (
          <EmptyState>{t(isAdmin ? 'empty' : 'emptyForViewer')}</EmptyState>
        ) : (
          <DataTable
            label={t('title')}
            head={
              <>
                <Th isWide>{column('name')}</Th>
                <Th isNumeric>{column('members')}</Th>
                <Th hideBelow="sm">{column('created')}</Th>
              </>
            }
          >
            {page.groups.map((group) => (
              <Row key={group.id}>
                <RowHeader
                  href={`${base}/${group.id}`}
                  detail={group.description !== null && <CutText>{group.description}</CutText>}
                  title={group.name}
                >
                  <bdi>{group.name}</bdi>
                </RowHeader>
                <Td isNumeric>{formatNumber(counts.get(group.id) ?? 0, locale)}</Td>
                <Td isMuted isNoWrap hideBelow="sm">
                  <DateText value={group.createdAt} locale={locale} />
                </Td>
              </Row>
            ))}
          </DataTable>
        )}
        {(page.previous || page.next) && (
          <Pager
            {...inOrder(locale)}
            firstHref={page.previous ? base : null}
            previousHref={page.previous ? `${base}?${new URLSearchParams({ before: page.previous })}` : null}
            nextHref={page.next ? `${base}?${new URLSearchParams({ after: page.next })}` : null}
          >
            {t('total', { count: total })}
          </Pager>
        )}
      </div>
    </>
  );
}

/** Reads one more than shown, to know whether another page follows. */
async function pageOf(projectId: string, search: Record<string, string | string[] | undefined>) {
  const [before, after] = [cursor(search.before), cursor(search.after)];
  const found = await listGroups(
    projectId,
    before ? { before, limit: PAGE_SIZE + 1 } : { after, limit: PAGE_SIZE + 1 },
  );
  const hasMore = found.length > PAGE_SIZE;
  const groups = before ? found.slice(-PAGE_SIZE) : found.slice(0, PAGE_SIZE);
  const [first, last] = [groups[0], groups.at(-1)];
  const hasPrevious = before ? hasMore : after !== undefined;
  const hasNext = before ? true : hasMore;
  return {
    groups,
    previous: hasPrevious && first ? foldName(first.name) : undefined,
    next: hasNext && last ? foldName(last.name) : undefined,
  };
}

function cursor(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && isStorableText(value) ? value : undefined;
}
