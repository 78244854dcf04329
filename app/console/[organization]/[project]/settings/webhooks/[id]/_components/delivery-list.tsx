import { EmptyState } from '@/components/ui/data/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/data/filter-bar';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { TextLink } from '@/components/ui/text-link';
import { answerText, DeliveryStateBadge } from '@/components/webhook/delivery-state';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { listAfter } from '@/lib/identity/service';
import { DELIVERY_STATES, type DeliveryState, type WebhookDelivery } from '@/lib/webhook/model';

export const PAGE_SIZE = 25;

type Props = {
  projectId: string;
  /** One more than a page where there is another page. */
  found: WebhookDelivery[];
  query: { state: DeliveryState | undefined; before: string | undefined };
  /** The project's path. */
  project: string;
  /** The webhook's path. */
  base: string;
  locale: Locale;
  now: Date;
};

/** Deliveries, newest first, with why one waits. */
export async function DeliveryList({ projectId, found, query, project, base, locale, now }: Props) {
  const t = translator(locale, 'consoleWebhooks.deliveries');
  const deliveries = found.slice(0, PAGE_SIZE);
  const names = await namesOf(projectId, deliveries);
  const { state, before } = query;
  const href = (more: Record<string, string>) => {
    const search = new URLSearchParams({ ...(state && { state }), ...more });
    return search.size === 0 ? base : `${base}?${search}`;
  };
  const last = deliveries.at(-1);
  return (
    <div className="flex flex-col gap-4">
      {(state !== undefined || found.length > 0) && (
        <FilterBar
          label={t('filters')}
          action={base}
          applyLabel={t('apply')}
          clear={state && { href: base, label: translator(locale, 'common')('clearFilters') }}
        >
          <FilterSelect
            name="state"
            label={t('state')}
            value={state ?? ''}
            options={[
              { value: '', text: t('any') },
              ...DELIVERY_STATES.map((known) => ({ value: known, text: t(`states.${known}`) })),
            ]}
          />
        </FilterBar>
      )}
      {deliveries.length === 0 ? (
        <EmptyState action={state && <TextLink href={base}>{translator(locale, 'common')('clearFilters')}</TextLink>}>
          {t(state ? 'noMatch' : 'empty')}
        </EmptyState>
      ) : (
        <>
          <DataTable
            label={translator(locale, 'consoleWebhooks.sections')('deliveries')}
            head={
              <>
                <Th isWide>{t('event')}</Th>
                <Th hideBelow="md">{t('user')}</Th>
                <Th hideBelow="lg">{t('answer')}</Th>
                <Th hideBelow="sm">{t('time')}</Th>
                <Th>{t('state')}</Th>
              </>
            }
          >
            {deliveries.map((delivery) => (
              <Row key={delivery.eventId}>
                <RowHeader
                  href={`${base}/deliveries/${delivery.eventId}`}
                  title={delivery.type}
                  detail={<Wait delivery={delivery} locale={locale} now={now} />}
                >
                  <code className="font-mono text-sm">{delivery.type}</code>
                </RowHeader>
                <Td isMuted hideBelow="md">
                  <UserLink delivery={delivery} names={names} users={`${project}/users`} />
                </Td>
                <Td isMuted hideBelow="lg">
                  {answerText(delivery, locale) ?? '–'}
                </Td>
                <Td isMuted isNoWrap hideBelow="sm">
                  <RelativeTime value={delivery.createdAt} now={now} locale={locale} />
                </Td>
                <Td isNoWrap>
                  <DeliveryStateBadge delivery={delivery} locale={locale} />
                </Td>
              </Row>
            ))}
          </DataTable>
          {(before !== undefined || found.length > PAGE_SIZE) && (
            <Pager
              {...newestFirst(locale)}
              firstHref={before !== undefined ? href({}) : null}
              previousHref={null}
              nextHref={found.length > PAGE_SIZE && last ? href({ before: last.eventId }) : null}
            />
          )}
        </>
      )}
    </div>
  );
}

/** What a waiting delivery waits for. */
function Wait({ delivery, locale, now }: { delivery: WebhookDelivery; locale: Locale; now: Date }) {
  const t = translator(locale, 'consoleWebhooks.deliveries');
  const { waitsFor, nextAttemptAt, attempts } = delivery;
  if (nextAttemptAt === null) return attempts > 1 ? t('attempts', { count: attempts }) : null;
  if (waitsFor !== null) return t('blocked');
  if (attempts === 0) return t('attempts', { count: 0 });
  return t.rich('retrying', { date: () => <RelativeTime value={nextAttemptAt} now={now} locale={locale} /> });
}

type UserLinkProps = { delivery: WebhookDelivery; names: Map<string, string>; users: string };

function UserLink({ delivery: { identityId }, names, users }: UserLinkProps) {
  const name = identityId === null ? undefined : names.get(identityId);
  if (name === undefined) return '–';
  return (
    <TextLink href={`${users}/${identityId}`}>
      <bdi>{name}</bdi>
    </TextLink>
  );
}

async function namesOf(projectId: string, deliveries: WebhookDelivery[]): Promise<Map<string, string>> {
  const ids = [...new Set(deliveries.flatMap(({ identityId }) => identityId ?? []))];
  if (ids.length === 0) return new Map();
  const found = await listAfter(projectId, { ids }, null, ids.length);
  return new Map(found.map((identity) => [identity.id, displayName(identity) || identity.id]));
}
