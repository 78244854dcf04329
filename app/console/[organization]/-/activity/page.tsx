import { ChangeList } from '@/components/audit/change-list';
import { eventSentence } from '@/components/audit/event-sentence';
import { NoPermission } from '@/components/shell/no-permission';
import { PageHeading } from '@/components/shell/page-heading';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Facts, Item, ItemList } from '@/components/ui/data/item-list';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { RelativeTime } from '@/components/ui/data/relative-time';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { readEventPage } from '@/lib/web/audit-log/event-page';
import { logHref } from '@/lib/web/audit-log/filters';
import { namesOf } from '@/lib/web/audit-log/names';
import { may, type OrganizationProof, requireOrganization } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';

const PAGE_SIZE = 25;

export const generateMetadata = pageTitle('consoleProjects.activity', 'title');

/**
 * Events of an organization: its name, its operators, deleted projects. They are stored in the log of the project that
 * holds the operators' accounts, which not every operator of this organization may read; only this organization's
 * events are shown.
 */
export default async function ActivityPage({ params, searchParams }: PageProps<'/console/[organization]/-/activity'>) {
  const proof = await requireOrganization(await params);
  const { organization, person, role } = proof;
  const locale = await getLocale(person.identity.locale);
  const base = `/console/${organization.slug}`;
  if (!may(proof, 'admin'))
    return <NoPermission role={role} organization={organization} backHref={base} locale={locale} />;
  const filter = { organizationId: organization.id };
  const page = await readEventPage(person, filter, await searchParams, PAGE_SIZE);
  const t = translator(locale, 'consoleProjects.activity');
  const here = `${base}/-/activity`;
  return (
    <>
      <PageHeading title={t('title')}>{t('help', { organization: organization.name })}</PageHeading>
      {page.items.length === 0 ? (
        <EmptyState>{t('empty')}</EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <Events person={person} events={page.items} locale={locale} />
          {(page.newer || page.older) && (
            <Pager
              {...newestFirst(locale)}
              firstHref={page.newer ? here : null}
              previousHref={page.newer ? logHref(here, {}, { after: page.newer }) : null}
              nextHref={page.older ? logHref(here, {}, { before: page.older }) : null}
            />
          )}
        </div>
      )}
    </>
  );
}

type EventsProps = Pick<OrganizationProof, 'person'> & { events: AuditEvent[]; locale: Locale };

async function Events({ person, events, locale }: EventsProps) {
  const t = translator(locale, 'consoleProjects.activity');
  const names = await namesOf({ person, project: person.project }, events, locale);
  const now = new Date();
  return (
    <ItemList label={t('title')}>
      {events.map((event) => (
        <Item
          key={event.id}
          title={eventSentence(event, names, locale)}
          detail={
            <Facts>
              {[
                <RelativeTime key="time" value={event.createdAt} now={now} locale={locale} />,
                translator(locale, 'consoleUsers')('history.by', { actor: names.actorOf(event) }),
              ]}
            </Facts>
          }
        >
          <ChangeList event={event} titles={names.titles} locale={locale} />
        </Item>
      ))}
    </ItemList>
  );
}
