import { identityCommand } from '@/components/api-credential/credential-commands';
import { ButtonLink } from '@/components/ui/button-link';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Pager } from '@/components/ui/data/pager';
import { PaginationCount } from '@/components/ui/data/pagination-count';
import { UserPlus } from '@/components/ui/icons';
import type { Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { countMatches, type IdentityCursor, type IdentityPage, searchIdentities } from '@/lib/identity/service';
import { may, type ProjectProof } from '@/lib/web/console';
import type { ShownColumns } from '../columns';
import { choices, start, survey } from '../jobs/actions';
import { BULK_DIALOG_MESSAGES } from '../jobs/messages';
import { isFiltered, listHref, orderHref, placeScope, readCursor, type SearchParams, type UserQuery } from '../query';
import { BulkBar } from './bulk-bar';
import { UserSelection } from './user-selection';
import { UserTable } from './user-table';

/** Small enough to keep the panel below the list within reach. */
const PAGE_SIZE = 25;

type Props = {
  proof: ProjectProof;
  query: UserQuery;
  shown: ShownColumns;
  search: SearchParams;
  base: string;
  locale: Locale;
};

/** One page of users for the URL's query, with the total and the pager. */
export async function UserList({ proof, query, shown, search, base, locale }: Props) {
  const { organization, project } = proof;
  const { id: projectId, rpId } = project;
  const wanted = {
    words: query.q,
    state: query.state || undefined,
    schemaId: query.schema || undefined,
    passkeys: query.passkeys ? { have: query.passkeys, rpId } : undefined,
  };
  const [page, total] = await Promise.all([
    pageOf(projectId, query, wanted, readCursor(search, placeScope(query, projectId))),
    countMatches(projectId, wanted),
  ]);
  if (page.identities.length === 0) return <NoUsers proof={proof} query={query} base={base} locale={locale} />;
  const t = translator(locale, 'consoleUsers.list');
  const pager = translator(locale, 'common.pager');
  const href = (cursor: IdentityCursor | null) =>
    cursor && listHref(base, query, { cursor, scope: placeScope(query, projectId) });
  const isSelectable = may(proof, 'admin');
  const list = (
    <>
      <PaginationCount>
        {total.isMore ? t('countMore', { count: total.count }) : t('count', { count: total.count })}
      </PaginationCount>
      <UserTable
        identities={page.identities}
        query={query}
        shown={shown}
        isSelectable={isSelectable}
        base={base}
        locale={locale}
      />
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
  if (!isSelectable) return list;
  const place = { organization: organization.slug, project: project.slug };
  const { q: words, state, schema, passkeys } = query;
  return (
    <I18nProvider locale={locale} messages={messagesOf(locale, ...BULK_MESSAGES)}>
      <UserSelection ids={page.identities.map(({ id }) => id)}>
        {list}
        <BulkBar
          matching={{ words, state: state || null, schemaId: schema || null, passkeys: passkeys || null }}
          total={total}
          pageSize={page.identities.length}
          actions={{
            survey: survey.bind(null, place),
            start: start.bind(null, place),
            choices: choices.bind(null, place),
          }}
          base={`${base}/jobs`}
        />
      </UserSelection>
    </I18nProvider>
  );
}

const BULK_MESSAGES = [
  'consoleUsers.bulk.label',
  'consoleUsers.bulk.selectUser',
  'consoleUsers.bulk.selectPage',
  'consoleUsers.bulk.selectAll',
  'consoleUsers.bulk.selectAllOf',
  'consoleUsers.bulk.selectOnlyPage',
  'consoleUsers.bulk.selected',
  'consoleUsers.bulk.selectedMore',
  'consoleUsers.bulk.clear',
  'consoleUsers.bulk.more',
  'consoleUsers.bulk.change',
  ...BULK_DIALOG_MESSAGES,
] as const;

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

function NoUsers({ proof, query, base, locale }: Omit<Props, 'search' | 'shown'>) {
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
