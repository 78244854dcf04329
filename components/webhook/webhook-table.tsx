import { RelativeTime } from '@/components/ui/data/relative-time';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { shownUrl, type Webhook } from '@/lib/webhook/model';
import { WebhookStateBadge } from './webhook-state-badge';

/** A row links to `{base}/{id}`. */
type Props = { webhooks: Webhook[]; base: string; locale: Locale; now: Date };

export function WebhookTable({ webhooks, base, locale, now }: Props) {
  const t = translator(locale, 'consoleWebhooks');
  const column = translator(locale, 'consoleWebhooks.columns');
  return (
    <DataTable
      label={t('title')}
      head={
        <>
          <Th isWide>{column('url')}</Th>
          <Th hideBelow="md">{column('events')}</Th>
          <Th hideBelow="lg">{column('created')}</Th>
          <Th>{column('state')}</Th>
        </>
      }
    >
      {webhooks.map((webhook) => (
        <Row key={webhook.id}>
          <RowHeader
            href={`${base}/${webhook.id}`}
            detail={webhook.description && <bdi>{webhook.description}</bdi>}
            title={shownUrl(webhook.url)}
          >
            <bdi>{shownUrl(webhook.url)}</bdi>
          </RowHeader>
          <Td hideBelow="md" isMuted isNoWrap>
            {webhook.eventTypes === null ? t('allEvents') : t('countOfTypes', { count: webhook.eventTypes.length })}
          </Td>
          <Td hideBelow="lg" isMuted isNoWrap>
            <RelativeTime value={webhook.createdAt} now={now} locale={locale} />
          </Td>
          <Td isNoWrap>
            <WebhookStateBadge webhook={webhook} locale={locale} />
          </Td>
        </Row>
      ))}
    </DataTable>
  );
}
