import { EmptyState } from '@/components/ui/data/empty-state';
import { Pager } from '@/components/ui/data/pager';
import { inOrder } from '@/components/ui/data/pager-words';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { CutText, DataTable, Row, RowActions, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Panel } from '@/components/ui/layout/panel';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import type { Group } from '@/lib/group/model';
import { listMembers } from '@/lib/group/service';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { emailOf } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { listByIds } from '@/lib/identity/service';
import { isUuid } from '@/lib/platform/ids';
import { may, type ProjectProof } from '@/lib/web/console';
import { addMember, removeMember } from '../../actions';
import { AddMember } from './add-member';
import { RemoveMember } from './remove-member';

const PAGE_SIZE = 50;

type Props = {
  proof: ProjectProof;
  group: Group;
  total: number;
  search: Record<string, string | string[] | undefined>;
  /** The group's path. */
  base: string;
  /** The path of the project's users. */
  users: string;
  locale: Locale;
};

/** The members of a group, with "Add member". */
export async function MemberList({ proof, group, total, search, base, users, locale }: Props) {
  const { organization, project } = proof;
  const page = await pageOf(project.id, group.id, search);
  const identities = await listByIds(
    project.id,
    page.members.map(({ identityId }) => identityId),
  );
  const t = translator(locale, 'consoleGroups.members');
  const now = new Date();
  const place = { organization: organization.slug, project: project.slug };
  const isAdmin = may(proof, 'admin');
  return (
    <Panel
      id="members"
      title={t('title')}
      help={t('count', { count: total })}
      isFlush={page.members.length > 0}
      actions={
        isAdmin && (
          <AddMember
            groupId={group.id}
            home={`/console/${place.organization}/${place.project}`}
            memberIds={page.members.map(({ identityId }) => identityId)}
            add={addMember.bind(null, place)}
          />
        )
      }
    >
      {page.members.length === 0 ? (
        <EmptyState>{t('empty')}</EmptyState>
      ) : (
        <DataTable
          label={t('title')}
          isFlush
          head={
            <>
              <Th isWide>{t('user')}</Th>
              <Th hideBelow="sm">{t('since')}</Th>
              <Th>
                <VisuallyHidden>{t('remove')}</VisuallyHidden>
              </Th>
            </>
          }
        >
          {page.members.map(({ identityId, createdAt }) => {
            const identity = identities.find(({ id }) => id === identityId);
            const name = identity ? displayName(identity) : identityId;
            const email = identity && emailOf(identity);
            return (
              <Row key={identityId}>
                <RowHeader
                  href={`${users}/${identityId}`}
                  detail={email && email !== name && <CutText>{email}</CutText>}
                  title={name}
                >
                  <bdi>{name}</bdi>
                </RowHeader>
                <Td isMuted isNoWrap hideBelow="sm">
                  <RelativeTime value={createdAt} now={now} locale={locale} />
                </Td>
                <RowActions>
                  {isAdmin && (
                    <RemoveMember
                      groupId={group.id}
                      groupName={group.name}
                      identityId={identityId}
                      name={name}
                      remove={removeMember.bind(null, place)}
                    />
                  )}
                </RowActions>
              </Row>
            );
          })}
        </DataTable>
      )}
      {(page.previous || page.next) && (
        <div className="border-t border-line p-4 sm:px-5">
          <Pager
            {...inOrder(locale)}
            firstHref={page.previous ? base : null}
            previousHref={page.previous ? `${base}?before=${page.previous}` : null}
            nextHref={page.next ? `${base}?after=${page.next}` : null}
          />
        </div>
      )}
    </Panel>
  );
}

/** Reads one more than shown, to know whether another page follows. */
async function pageOf(projectId: string, groupId: string, search: Props['search']) {
  const [before, after] = [cursor(search.before), cursor(search.after)];
  const position = before ? { before, limit: PAGE_SIZE + 1 } : { after, limit: PAGE_SIZE + 1 };
  const found = await listMembers(projectId, groupId, position);
  const hasMore = found.length > PAGE_SIZE;
  const members = before ? found.slice(-PAGE_SIZE) : found.slice(0, PAGE_SIZE);
  const hasPrevious = before ? hasMore : after !== undefined;
  return {
    members,
    previous: hasPrevious ? members[0]?.identityId : undefined,
    next: before !== undefined || hasMore ? members.at(-1)?.identityId : undefined,
  };
}

function cursor(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && isUuid(value) ? value : undefined;
}
