import { identityCommand } from '@/components/api-credential/credential-commands';
import { ButtonLink } from '@/components/ui/button-link';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Pager } from '@/components/ui/data/pager';
import { PaginationCount } from '@/components/ui/data/pagination-count';
import { UserPlus } from '@/components/ui/icons';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { countMatches, type IdentityCursor, type IdentityPage, searchIdentities } from '@/lib/identity/service';
import { may, type ProjectProof } from '@/lib/web/console';
import { isFiltered, listHref, orderHref, placeScope, readCursor, type SearchParams, type UserQuery } from '../query';
import { UserTable } from './user-table';

/** Small enough to keep the panel below the list within reach. */
const PAGE_SIZE = 25;

type Props = { proof: ProjectProof; query: UserQuery; search: SearchParams; base: string; locale: Locale };

/** One page of users for the URL's query, with the total and the pager. */
export async function UserList({ proof, query, search, base, locale }: Props) {
  const { id: projectId } = proof.project;
  const wanted = { words: query.q, state: query.state || undefined, schemaId: query.schema || undefined };
  const [page, total] = await Promise.all([
    pageOf(projectId, query, wanted, readCursor(search, placeScope(query, projectId))),
    countMatches(projectId, wanted),
  ]);
  if (page.identities.length === 0) return <NoUsers proof={proof} query={query} base={base} locale={locale} />;
  const t = translator(locale, 'consoleUsers.list');
  const pager = translator(locale, 'common.pager');
  const href = (cursor: IdentityCursor | null) =>
    cursor && listHref(base, query, { cursor, scope: placeScope(query, projectId) });
  return (
    <>
      <PaginationCount>
        {total.isMore ? t('countMore', { count: total.count }) : t('count', { count: total.count })}
      </PaginationCount>
      <UserTable identities={page.identities} query={query} base={base} locale={locale} />
      {(page.previous || page.next) && (
        <Pager
          label={pager('label')}
          words={{ first: pager('first'), previous: pager('previous'), next: pager('next'), last: pager('last') }}
          firstHref={page.previous && listHref(base, query)}
          previousHref={href(page.previous)}
          nextHref={href(page.next)}
          lastHref={page.next && href({ edge: 'last', place: null })}
        />
      )}
    </>
  );
}

/** If every user of the page was deleted, the list starts over. */
async function pageOf(
  projectId: string,
  { sort, direction }: UserQuery,
  wanted: Parameters<typeof countMatches>[1],
  cursor: IdentityCursor,
): Promise<IdentityPage> {
  const at = (place: IdentityCursor) =>
    searchIdentities(projectId, { ...wanted, sort, direction, cursor: place, limit: PAGE_SIZE });
  const page = await at(cursor);
  return page.identities.length > 0 || cursor.edge === 'first' ? page : at({ edge: 'first', place: null });
}

function NoUsers({ proof, query, base, locale }: Omit<Props, 'search'>) {
  const t = translator(locale, 'consoleUsers');
  const common = translator(locale, 'common');
  if (isFiltered(query)) {
    return (
      <EmptyState
        action={
          <ButtonLink href={orderHref(base, query)} size="small">
            {common('clearFilters')}
          </ButtonLink>
        }
      >
        {t('list.noMatch')}
      </EmptyState>
    );
  }
  if (!may(proof, 'admin')) return <EmptyState>{t('list.empty')}</EmptyState>;
  return (
    <div className="flex flex-col gap-4">
      <EmptyState
        action={
          <ButtonLink href={`${base}/new`} variant="primary" size="small" icon={<UserPlus size={16} aria-hidden />}>
            {t('create.action')}
          </ButtonLink>
        }
      >
        {t('list.empty')}
      </EmptyState>
      <CodeBlock
        label={t('list.createWithApi')}
        code={identityCommand(proof.project.origin, 'create')}
        copy={{
          label: translator(locale, 'console')('copyAsCurl'),
          text: common('copy'),
          copiedText: common('copied'),
        }}
      />
    </div>
  );
}
