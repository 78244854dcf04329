import { notFound } from 'next/navigation';
import { LiveRefresh } from '@/components/shell/live-refresh';
import { PageHeading } from '@/components/shell/page-heading';
import { CodeBlock } from '@/components/ui/code-block';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { TextLink } from '@/components/ui/text-link';
import { answerText, DeliveryStateBadge } from '@/components/webhook/delivery-state';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isAppError } from '@/lib/platform/errors';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { type DeliveryContent, shownUrl, TEST_TYPE, type Webhook, type WebhookDelivery } from '@/lib/webhook/model';
import { getDelivery, getWebhook, readContent } from '@/lib/webhook/service';
import { SendButton } from '../../../_components/send-button';
import { sendAgain } from '../../../actions';

export const generateMetadata = pageTitle('consoleWebhooks.delivery', 'title');

type Props = PageProps<'/console/[organization]/[project]/settings/webhooks/[id]/deliveries/[event]'>;

/** One delivery: what was sent and what was answered. */
export default async function DeliveryPage({ params }: Props) {
  const { id, event, ...place } = await params;
  const proof = await requireProject(place);
  const found = await find(proof.project.id, id, event);
  if (!found) notFound();
  const { webhook, delivery } = found;
  const [locale, content] = await Promise.all([getLocale(proof.person.identity.locale), readContent(delivery)]);
  const t = translator(locale, 'consoleWebhooks');
  const project = `/console/${place.organization}/${place.project}`;
  const base = `${project}/settings/webhooks`;
  const isSending = webhook.isActive && delivery.state === 'waiting' && delivery.attempts === 0 && !delivery.waitsFor;
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: `${project}/settings`, text: translator(locale, 'consoleProjects.settings')('title') },
          { href: base, text: t('title') },
          { href: `${base}/${webhook.id}`, text: shownUrl(webhook.url) },
        ]}
        current={delivery.type}
      />
      <PageHeading title={delivery.type}>
        <DeliveryStateBadge delivery={delivery} locale={locale} />
      </PageHeading>
      <LiveRefresh isActive={isSending} />
      <div className="flex flex-col gap-6">
        <Panel
          id="delivery"
          title={t('delivery.title')}
          actions={
            may(proof, 'admin') &&
            webhook.isActive && (
              <SendButton
                label={t(delivery.state === 'waiting' ? 'delivery.againNow' : 'delivery.again')}
                doneText={t('delivery.sent')}
                send={sendAgain.bind(null, place, { id: webhook.id, event: delivery.eventId })}
              />
            )
          }
        >
          <Facts delivery={delivery} project={project} locale={locale} />
        </Panel>
        <Request content={content} locale={locale} />
        {delivery.lastAttemptAt && <Answer delivery={delivery} content={content} locale={locale} />}
      </div>
    </>
  );
}

async function find(projectId: string, id: string, event: string) {
  try {
    const webhook: Webhook = await getWebhook(projectId, id);
    return { webhook, delivery: await getDelivery(projectId, id, event) };
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null;
    throw error;
  }
}

type PartProps = { delivery: WebhookDelivery; locale: Locale };

function Facts({ delivery, project, locale }: PartProps & { project: string }) {
  const t = translator(locale, 'consoleWebhooks.delivery');
  const words = translator(locale, 'consoleWebhooks.deliveries');
  const now = new Date();
  const time = (value: Date) => <RelativeTime value={value} now={now} locale={locale} />;
  const { lastAttemptAt, nextAttemptAt, durationMillis, waitsFor, attempts } = delivery;
  return (
    <DescriptionList>
      <DescriptionRow term={t('id')}>
        <code className="font-mono text-sm wrap-anywhere">{delivery.eventId}</code>
        <p className="text-sm text-muted">{t('idHelp')}</p>
      </DescriptionRow>
      <DescriptionRow term={words('time')}>{time(delivery.createdAt)}</DescriptionRow>
      {lastAttemptAt && (
        <DescriptionRow term={t('lastAttempt')}>
          {time(lastAttemptAt)} · {words('attempts', { count: attempts })}
          {durationMillis !== null && ` · ${t('duration', { millis: String(durationMillis) })}`}
        </DescriptionRow>
      )}
      {nextAttemptAt && (
        <DescriptionRow term={t('next')}>{waitsFor ? words('blocked') : time(nextAttemptAt)}</DescriptionRow>
      )}
      {delivery.type !== TEST_TYPE && (
        <DescriptionRow term={words('event')}>
          <TextLink href={`${project}/audit-log/${delivery.eventId}`}>{t('openEvent')}</TextLink>
        </DescriptionRow>
      )}
    </DescriptionList>
  );
}

function Request({ content, locale }: { content: DeliveryContent; locale: Locale }) {
  const t = translator(locale, 'consoleWebhooks.delivery');
  const common = translator(locale, 'common');
  const copy = { label: t('copyBody'), text: common('copy'), copiedText: common('copied') };
  return (
    <Panel id="request" title={t('request')}>
      {content.body === null ? (
        <p className="text-muted">{t(content.isErased ? 'erased' : 'notSent')}</p>
      ) : (
        <CodeBlock label={t('requestBody')} code={indented(content.body)} copy={{ ...copy }} />
      )}
    </Panel>
  );
}

function Answer({ delivery, content, locale }: PartProps & { content: DeliveryContent }) {
  const t = translator(locale, 'consoleWebhooks.delivery');
  const { answer } = content;
  const status = answerText(delivery, locale);
  return (
    <Panel id="answer" title={t('response')}>
      <div className="flex flex-col gap-3">
        <p className="tabular-nums">{delivery.status === null ? `${t('noAnswer')} ${status ?? ''}` : status}</p>
        {answer && answer.body !== '' && <CodeBlock label={t('responseBody')} code={answer.body} />}
        {answer && answer.body === '' && <p className="text-muted">{t('emptyBody')}</p>}
        {answer?.isTruncated && <p className="text-sm text-muted">{t('truncated')}</p>}
      </div>
    </Panel>
  );
}

/** As people read it. What was sent is on one line. */
function indented(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2);
}
