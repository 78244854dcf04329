import { ChangeList } from '@/components/audit/change-list';
import { eventDevice } from '@/components/audit/event-device';
import { eventSentence } from '@/components/audit/event-sentence';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Facts, Item, ItemList } from '@/components/ui/data/item-list';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { TextLink } from '@/components/ui/text-link';
import type { AuditEvent } from '@/lib/audit/model';
import { translator } from '@/lib/i18n/translate';
import { changesAccess } from '@/lib/undo/model';
import { listUndoStates } from '@/lib/undo/service';
import { readEventPage } from '@/lib/web/audit-log/event-page';
import { logHref } from '@/lib/web/audit-log/filters';
import { namesOf } from '@/lib/web/audit-log/names';
import { requireProject } from '@/lib/web/console';
import { jobTitles } from '../../../audit-log/job-titles';
import { UserFrame } from '../_components/user-frame';
import { previewUndo } from '../undo-actions';
import { findUser, type UserPage, userTitle } from '../user';
import { UndoButton } from './_components/undo-button';

const PAGE_SIZE = 25;

export const generateMetadata = userTitle('history');

/** One user's history, newest first. */
export default async function UserHistoryPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/users/[id]/history'>) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const user = await findUser(proof, id);
  const { identity, base, locale } = user;
  const page = await readEventPage(proof, { identityId: identity.id }, await searchParams, PAGE_SIZE);
  const t = translator(locale, 'consoleUsers.history');
  const log = `/console/${place.organization}/${place.project}/audit-log`;
  const here = `${base}/history`;
  return (
    <UserFrame user={user}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="max-w-text text-muted">{t('help')}</p>
        <TextLink href={logHref(log, { user: identity.id })}>{t('openLog')}</TextLink>
      </div>
      {page.items.length === 0 ? (
        <EmptyState>{t('empty')}</EmptyState>
      ) : (
        <>
          <Events user={user} events={page.items} log={log} />
          {(page.newer || page.older) && (
            <Pager
              {...newestFirst(locale)}
              firstHref={page.newer ? here : null}
              previousHref={page.newer ? logHref(here, {}, { after: page.newer }) : null}
              nextHref={page.older ? logHref(here, {}, { before: page.older }) : null}
            />
          )}
        </>
      )}
    </UserFrame>
  );
}

type EventsProps = { user: UserPage; events: AuditEvent[]; log: string };

async function Events({ user, events, log }: EventsProps) {
  const { proof, identity, place, base, locale, canChange, isSelf } = user;
  const users = base.slice(0, base.lastIndexOf('/'));
  const [t, undo] = [translator(locale, 'consoleUsers'), translator(locale, 'consoleUndo')];
  const [names, states, jobs] = await Promise.all([
    namesOf(proof, events, locale),
    listUndoStates(proof.project.id, events),
    jobTitles(proof.project.id, events, locale),
  ]);
  const preview = previewUndo.bind(null, place);
  const isOffered = (event: AuditEvent) => {
    const obstacle = states.get(event.id)?.obstacle;
    // A conflict is shown with its values. Deleting has a confirmation of its own.
    const isField = event.type === 'identity.updated' || event.type === 'passkey.renamed';
    return canChange && isField && !(isSelf && changesAccess(event)) && (obstacle === null || obstacle === 'conflict');
  };
  const jobLink = ({ jobId }: AuditEvent) => {
    const title = jobId === null ? undefined : jobs.get(jobId);
    if (title === undefined) return null;
    return (
      <TextLink key="job" href={`${users}/jobs/${jobId}`}>
        {t('history.job', { job: title })}
      </TextLink>
    );
  };
  const now = new Date();
  return (
    <ItemList label={t('tabs.history')}>
      {events.map((event) => (
        <Item
          key={event.id}
          title={<TextLink href={`${log}/${event.id}`}>{eventSentence(event, names, locale)}</TextLink>}
          detail={
            <Facts>
              {[
                <RelativeTime key="time" value={event.createdAt} now={now} locale={locale} />,
                t('history.by', { actor: names.actorOf(event) }),
                jobLink(event),
                eventDevice(event, locale),
                event.address,
                states.get(event.id)?.obstacle === 'undone' && undo('undone'),
              ]}
            </Facts>
          }
          actions={
            isOffered(event) && (
              <UndoButton
                id={identity.id}
                event={event.id}
                sentence={eventSentence(event, names, locale)}
                preview={preview}
              />
            )
          }
        >
          <ChangeList event={event} titles={names.titles} locale={locale} />
        </Item>
      ))}
    </ItemList>
  );
}
