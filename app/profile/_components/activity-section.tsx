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
  const by = translator(locale, 'activity.by');
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
              place: whereOf(event, identityId, locale) ?? by(actorOf(event)),
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

/** Address and place for the person's own events and for attempts of people who had not signed in yet. */
function whereOf({ actorId, actorKind, address }: AuditEvent, identityId: string, locale: Locale): string | null {
  if (actorId !== identityId && actorKind !== 'system') return null;
  const place = placeOf(address, toIntlTag(locale));
  return place === null ? address : `${address} · ${place}`;
}

function actorOf({ actorKind }: AuditEvent): 'operator' | 'program' | 'system' {
  if (actorKind === 'api_credential') return 'program';
  return actorKind === 'system' ? 'system' : 'operator';
}
