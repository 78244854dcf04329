import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { thingTitle } from '@/app/console/title';
import { EventChanges } from '@/components/audit/event-changes';
import { eventDevice } from '@/components/audit/event-device';
import { eventSentence } from '@/components/audit/event-sentence';
import { PageHeading } from '@/components/shell/page-heading';
import { CodeBlock } from '@/components/ui/code-block';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { TextLink } from '@/components/ui/text-link';
import { actorNames } from '@/lib/api/actor-names';
import { toAuditEventResponse } from '@/lib/audit/contract';
import { findEvent } from '@/lib/audit/service';
import { formatExact } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isUuid } from '@/lib/platform/ids';
import { logHref } from '@/lib/web/audit-log/filters';
import { namesOf } from '@/lib/web/audit-log/names';
import { requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { jobTitles } from '../job-titles';

type Props = PageProps<'/console/[organization]/[project]/audit-log/[id]'>;

/** Read once for both the page and its title. */
const readEvent = cache(async (organization: string, project: string, id: string) => {
  const proof = await requireProject({ organization, project });
  const event = isUuid(id) ? await findEvent(proof.project.id, id) : null;
  if (!event) notFound();
  const locale = await getLocale(proof.person.identity.locale);
  const names = await namesOf(proof, [event], locale);
  return { proof, event, locale, names, sentence: eventSentence(event, names, locale) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { organization, project, id } = await params;
  const sentence = readEvent(organization, project, id).then((read) => read.sentence);
  return thingTitle(sentence, { kind: translator(await getLocale(), 'consoleAudit.detail')('title') });
}

export default async function AuditEventPage({ params }: Props) {
  const { id, ...place } = await params;
  const { proof, event, locale, names, sentence } = await readEvent(place.organization, place.project, id);
  const programNames = await actorNames(proof.project.id, [event]);
  const job = event.jobId === null ? null : (await jobTitles(proof.project.id, [event], locale)).get(event.jobId);
  const log = translator(locale, 'consoleAudit');
  const t = translator(locale, 'consoleAudit.detail');
  const common = translator(locale, 'common');
  const project = `/console/${place.organization}/${place.project}`;
  const base = `${project}/audit-log`;
  const subject = names.subjectOf(event);
  const device = eventDevice(event, locale);
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: base, text: log('title') }]}
        current={t('title')}
      />
      <PageHeading title={sentence} />
      <div className="flex flex-col gap-6">
        <Panel id="facts" title={t('happened')}>
          <DescriptionList>
            <DescriptionRow
              term={t('type')}
              action={<TextLink href={logHref(base, { type: event.type })}>{t('sameType')}</TextLink>}
            >
              <code className="font-mono">{event.type}</code>
            </DescriptionRow>
            <DescriptionRow term={t('time')}>
              <time dateTime={event.createdAt.toISOString()}>{formatExact(event.createdAt, locale, 'UTC')}</time>
            </DescriptionRow>
            <DescriptionRow term={t('actor')}>
              {names.actorOf(event)}
              <span className="block text-muted">
                {[event.actorKind !== 'system' && log(`kinds.${event.actorKind}`), event.actorId]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </DescriptionRow>
            {event.jobId !== null && (
              <DescriptionRow
                term={log('job')}
                action={<TextLink href={logHref(base, { job: event.jobId })}>{t('ofJob')}</TextLink>}
              >
                {job ? (
                  <TextLink href={`${project}/users/jobs/${event.jobId}`}>{log('byJob', { job })}</TextLink>
                ) : (
                  log('byJob', { job: event.jobId })
                )}
              </DescriptionRow>
            )}
            {event.identityId && (
              <DescriptionRow
                term={t('user')}
                action={<TextLink href={logHref(base, { user: event.identityId })}>{t('ofUser')}</TextLink>}
              >
                <TextLink href={`${project}/users/${event.identityId}`}>{subject}</TextLink>
                <span className="block text-muted">{event.identityId}</span>
              </DescriptionRow>
            )}
            {device && <DescriptionRow term={t('device')}>{device}</DescriptionRow>}
            <DescriptionRow term={t('address')}>{event.address ?? t('none')}</DescriptionRow>
            <DescriptionRow term={t('request')}>{event.requestId ?? t('none')}</DescriptionRow>
          </DescriptionList>
        </Panel>
        <EventChanges event={event} titles={names.titles} locale={locale} />
        <CodeBlock
          label={t('raw')}
          code={JSON.stringify(toAuditEventResponse(event, programNames(event)), null, 2)}
          copy={{ label: `${common('copy')}: ${t('raw')}`, text: common('copy'), copiedText: common('copied') }}
        />
      </div>
    </>
  );
}
