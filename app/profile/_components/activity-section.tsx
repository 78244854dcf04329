import { eventDevice } from '@/components/audit/event-device';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Section } from '@/components/ui/layout/section';
import { TextLink } from '@/components/ui/text-link';
import type { AuditEvent } from '@/lib/audit/model';
import { type Locale, toIntlTag } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { placeOf } from '@/lib/platform/geo';
import { ActivityList } from './activity-list';
import { activitySentence } from './activity-sentence';

type Props = { events: AuditEvent[]; identityId: string; hasMore: boolean; locale: Locale; now: Date };

/** The region "Recent activity": events of this account as sentences. */
export function ActivitySection({ events, identityId, hasMore, locale, now }: Props) {
  const t = translator(locale, 'profile.activity');
  return (
    <Section id="activity" title={t('title')} help={t('help')}>
      <div className="flex flex-col gap-4">
        {events.length === 0 ? (
          <EmptyState>{t('empty')}</EmptyState>
        ) : (
          <ActivityList
            label={t('title')}
            events={events.map((event) => ({
              id: event.id,
              sentence: activitySentence(event, locale),
              createdAt: event.createdAt,
              place:
                event.type === 'session.ended'
                  ? whereOf({ ...event, details: {} }, identityId, locale)
                  : whereOf(event, identityId, locale),
            }))}
            locale={locale}
            now={now}
          />
        )}
        <p className="text-sm text-muted">{t('wasntYou')}</p>
        {hasMore && <TextLink href="/profile?activity=all#activity">{t('showMore')}</TextLink>}
      </div>
    </Section>
  );
}

/** Device and address of the person's own acts and of attempts by people not signed in; who acted otherwise. */
function whereOf(event: AuditEvent, identityId: string, locale: Locale): string[] {
  const { actorId, actorKind, address } = event;
  const by = translator(locale, 'activity.by');
  if (actorKind === 'api_credential') return [by('program')];
  const isOwn = actorId === identityId;
  if (!isOwn && actorKind !== 'system') return [by('operator')];
  const from = address ? translator(locale, 'profile.sessions')('address', { address }) : null;
  const where = [eventDevice(event, locale), from, placeOf(address, toIntlTag(locale))].filter((fact) => fact !== null);
  return where.length > 0 || isOwn ? where : [by('system')];
}
