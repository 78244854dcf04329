import { eventSentence } from '@/components/audit/event-sentence';
import { EmptyState } from '@/components/ui/data/empty-state';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Panel } from '@/components/ui/layout/panel';
import { Link } from '@/components/ui/link';
import { TextLink } from '@/components/ui/text-link';
import type { AuditEvent } from '@/lib/audit/model';
import { listEvents } from '@/lib/audit/service';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { namesOf } from '@/lib/web/audit-log/names';
import type { ProjectProof } from '@/lib/web/console';

const SHOWN = 8;

/** The sentence already names the person who did it. */
const isByItsSubject = ({ actorId, identityId }: AuditEvent) => actorId !== null && actorId === identityId;

/** The latest events as sentences; the audit log has the rest. */
export async function RecentEvents({ proof, locale }: { proof: ProjectProof; locale: Locale }) {
  const events = await listEvents(proof.project.id, {}, { limit: SHOWN });
  const names = await namesOf(proof, events, locale);
  const t = translator(locale, 'consoleOverview.events');
  const log = `/console/${proof.organization.slug}/${proof.project.slug}/audit-log`;
  const now = new Date();
  if (events.length === 0) {
    return (
      <Panel id="events" title={t('title')}>
        <EmptyState>{t('empty')}</EmptyState>
      </Panel>
    );
  }
  return (
    <Panel id="events" title={t('title')} actions={<TextLink href={log}>{t('all')}</TextLink>} isFlush>
      <ul
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role where list-style is none
        role="list"
        aria-labelledby="events"
        className="divide-y divide-line"
      >
        {events.map((event) => (
          <li key={event.id} className="relative flex flex-col gap-0.5 px-4 py-2.5 hover:bg-sunken sm:px-5">
            <Link
              href={`${log}/${event.id}`}
              className="wrap-anywhere after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
            >
              {eventSentence(event, names, locale)}
            </Link>
            <span className="text-muted wrap-anywhere">
              {!isByItsSubject(event) && `${names.actorOf(event)} · `}
              <RelativeTime value={event.createdAt} now={now} locale={locale} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
