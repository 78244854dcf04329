import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { thingTitle } from '@/app/console/title';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { LiveRefresh } from '@/components/shell/live-refresh';
import { PageHeading } from '@/components/shell/page-heading';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { Sections } from '@/components/ui/layout/sections';
import { Notice } from '@/components/ui/notice';
import { WebhookStateBadge } from '@/components/webhook/webhook-state-badge';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isUuid } from '@/lib/platform/ids';
import { may, requireProject } from '@/lib/web/console';
import type { Search } from '@/lib/web/cursor-page';
import { getLocale } from '@/lib/web/locale';
import { DELIVERY_STATES, isDoubtful, shownUrl, type Webhook } from '@/lib/webhook/model';
import { findWebhook, listDeliveries } from '@/lib/webhook/service';
import { SendButton } from '../_components/send-button';
import * as actions from '../actions';
import { DeleteWebhook } from './_components/delete-webhook';
import { DeliveryList, PAGE_SIZE } from './_components/delivery-list';
import { RotateSecret } from './_components/rotate-secret';
import { WebhookForm } from './_components/webhook-form';

type Props = PageProps<'/console/[organization]/[project]/settings/webhooks/[id]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = async () => {
    const { id, ...place } = await params;
    const { project } = await requireProject(place);
    const webhook = await find(project.id, id);
    return webhook ? shownUrl(webhook.url) : notFound();
  };
  return thingTitle(name(), { kind: translator(await getLocale(), 'consoleWebhooks')('title') });
}

/** Read once for both the page and its title. */
const find = cache(findWebhook);

/** One webhook: settings, what it sent, its secret. Viewers see what it sent. */
export default async function WebhookPage({ params, searchParams }: Props) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const { project } = proof;
  const webhook = isUuid(id) ? await find(project.id, id) : null;
  if (!webhook) notFound();
  const { state, before } = readQuery(await searchParams);
  const [locale, found] = await Promise.all([
    getLocale(proof.person.identity.locale),
    listDeliveries(project.id, webhook.id, { state, before, limit: PAGE_SIZE + 1 }),
  ]);
  const t = translator(locale, 'consoleWebhooks');
  const settings = `/console/${place.organization}/${place.project}/settings`;
  const base = `${settings}/webhooks`;
  const mayEdit = may(proof, 'admin');
  const title = shownUrl(webhook.url);
  const { url, description, eventTypes, isActive } = webhook;
  const now = new Date();
  const isSending = isActive && found.some((one) => one.attempts === 0 && one.state === 'waiting' && !one.waitsFor);
  const sections = [
    { id: 'deliveries', text: t('sections.deliveries') },
    { id: 'settings', text: t('sections.settings') },
    { id: 'secret', text: t('sections.secret') },
    mayEdit && { id: 'delete', text: t('sections.remove') },
  ].filter((section) => section !== false);
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: settings, text: translator(locale, 'consoleProjects.settings')('title') },
          { href: base, text: t('title') },
        ]}
        current={title}
      />
      <PageHeading title={title}>
        <WebhookStateBadge webhook={webhook} locale={locale} />
      </PageHeading>
      <FocusHeadingAfter shown={[String(isActive)]} />
      <LiveRefresh isActive={isSending} />
      <Sections label={translator(locale, 'console')('sections')} sections={sections}>
        <StateNotice webhook={webhook} locale={locale} now={now} />
        <Panel
          id="deliveries"
          title={t('sections.deliveries')}
          help={t('deliveries.help')}
          actions={
            mayEdit &&
            isActive && (
              <SendButton
                label={t('test.action')}
                doneText={t('test.sent')}
                send={actions.sendTest.bind(null, place, { id: webhook.id })}
              />
            )
          }
        >
          <DeliveryList
            projectId={project.id}
            found={found}
            query={{ state, before }}
            project={`/console/${place.organization}/${place.project}`}
            base={`${base}/${webhook.id}`}
            locale={locale}
            now={now}
          />
        </Panel>
        <Panel id="settings" title={t('sections.settings')}>
          {mayEdit ? (
            <WebhookForm
              id={webhook.id}
              saved={{ url, description, eventTypes, isActive }}
              save={actions.changeWebhook.bind(null, place)}
            />
          ) : (
            <Facts webhook={webhook} locale={locale} />
          )}
        </Panel>
        <Panel
          id="secret"
          title={t('sections.secret')}
          help={t('secretHelp')}
          actions={
            mayEdit && <RotateSecret id={webhook.id} locale={locale} rotate={actions.rotateSecret.bind(null, place)} />
          }
        >
          <p className="max-w-text">
            {webhook.previousUntil && webhook.previousUntil > now
              ? t('previousUntil', { date: formatExact(webhook.previousUntil, locale) })
              : t('onlyOne')}
          </p>
        </Panel>
        {mayEdit && (
          <Panel id="delete" title={t('sections.remove')} help={t('remove.help')}>
            <DeleteWebhook id={webhook.id} url={title} base={base} remove={actions.deleteWebhook.bind(null, place)} />
          </Panel>
        )}
      </Sections>
    </>
  );
}

function readQuery({ state, before }: Search) {
  return {
    state: DELIVERY_STATES.find((known) => known === state),
    before: typeof before === 'string' && isUuid(before) ? before : undefined,
  };
}

type PartProps = { webhook: Webhook; locale: Locale };

/** Why nothing arrives. */
function StateNotice({ webhook, locale, now }: PartProps & { now: Date }) {
  const t = translator(locale, 'consoleWebhooks.notices');
  const { isActive, offReason, offSince, failingSince } = webhook;
  const since = isActive ? (isDoubtful(webhook) ? failingSince : null) : offSince;
  if (!since) return null;
  const date = () => <RelativeTime value={since} now={now} locale={locale} />;
  const sentences = {
    failing: () => t.rich('failing', { date }),
    gone: () => t.rich('gone', { date }),
    operator: () => t.rich('operator', { date }),
  };
  return (
    <Notice tone="warning" word={translator(locale, 'common')('notice.warning')}>
      {isActive ? t.rich('retrying', { date }) : sentences[offReason ?? 'operator']()}
    </Notice>
  );
}

function Facts({ webhook, locale }: PartProps) {
  const t = translator(locale, 'consoleWebhooks.fields');
  const { description, eventTypes } = webhook;
  return (
    <DescriptionList>
      {description && (
        <DescriptionRow term={t('description')}>
          <bdi>{description}</bdi>
        </DescriptionRow>
      )}
      <DescriptionRow term={t('events')}>
        {eventTypes === null ? (
          t('all')
        ) : (
          <code className="font-mono text-sm wrap-anywhere">{eventTypes.join(', ')}</code>
        )}
      </DescriptionRow>
    </DescriptionList>
  );
}
