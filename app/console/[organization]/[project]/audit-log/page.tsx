import { eventSentence } from '@/components/audit/event-sentence';
import { PageHeading } from '@/components/shell/page-heading';
import { buttonStyle } from '@/components/ui/button-style';
import { EmptyState } from '@/components/ui/data/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/data/filter-bar';
import { FilterInput } from '@/components/ui/data/filter-input';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { ClampedText, CutText, DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Download } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/text-link';
import { ACTOR_KINDS, AUDIT_EVENT_TYPES, type AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { readEventPage } from '@/lib/web/audit-log/event-page';
import { logHref, readTypedFilters, type TypedFilters, toFilter } from '@/lib/web/audit-log/filters';
import { namesOf } from '@/lib/web/audit-log/names';
import { type ProjectProof, requireProject } from '@/lib/web/console';
import type { Search } from '@/lib/web/cursor-page';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { jobTitles } from './job-titles';

const PAGE_SIZE = 50;

export const generateMetadata = pageTitle('consoleAudit', 'title');

export default async function AuditLogPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/audit-log'>) {
  const proof = await requireProject(await params);
  const search: Search = await searchParams;
  const typed = readTypedFilters(search);
  const [locale, filter] = await Promise.all([getLocale(proof.person.identity.locale), toFilter(proof, typed)]);
  const page = filter && (await readEventPage(proof, filter, search, PAGE_SIZE));
  const t = translator(locale, 'consoleAudit');
  const common = translator(locale, 'common');
  const base = `/console/${proof.organization.slug}/${proof.project.slug}/audit-log`;
  const isFiltered = Object.values(typed).some(Boolean);
  return (
    <>
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-start justify-between gap-3">
          <Filters typed={typed} base={base} isFiltered={isFiltered} locale={locale} />
          <a href={logHref(`${base}/export`, typed)} download className={buttonStyle('secondary', 'small')}>
            <Download size={16} aria-hidden />
            {t('export')}
          </a>
        </div>
        {page && page.items.length > 0 ? (
          <>
            <Events proof={proof} events={page.items} base={base} locale={locale} />
            <Pager
              {...newestFirst(locale)}
              firstHref={page.newer ? logHref(base, typed) : null}
              previousHref={page.newer ? logHref(base, typed, { after: page.newer }) : null}
              nextHref={page.older ? logHref(base, typed, { before: page.older }) : null}
            >
              {t('utc')}
            </Pager>
          </>
        ) : (
          <EmptyState action={isFiltered && <TextLink href={base}>{common('clearFilters')}</TextLink>}>
            {t(page ? (isFiltered ? 'noMatch' : 'empty') : 'unknownActor')}
          </EmptyState>
        )}
      </div>
    </>
  );
}

type FiltersProps = { typed: TypedFilters; base: string; isFiltered: boolean; locale: Locale };

function Filters({ typed, base, isFiltered, locale }: FiltersProps) {
  const t = translator(locale, 'consoleAudit');
  const any = { value: '', text: t('any') };
  return (
    <FilterBar
      label={t('filters')}
      action={base}
      applyLabel={t('apply')}
      clear={isFiltered ? { href: base, label: translator(locale, 'common')('clearFilters') } : undefined}
    >
      <FilterSelect
        name="type"
        label={t('type')}
        value={typed.type}
        options={[any, ...AUDIT_EVENT_TYPES.map((type) => ({ value: type, text: type }))]}
      />
      <FilterSelect
        name="kind"
        label={t('kind')}
        value={typed.kind}
        options={[any, ...ACTOR_KINDS.map((kind) => ({ value: kind, text: t(`kinds.${kind}`) }))]}
      />
      <FilterInput name="actor" label={t('actor')} placeholder={t('actorPlaceholder')} value={typed.actor} />
      <FilterInput name="user" label={t('user')} placeholder={t('userPlaceholder')} value={typed.user} />
      <FilterInput name="job" label={t('job')} placeholder={t('jobPlaceholder')} value={typed.job} />
      <FilterInput name="from" label={t('from')} type="date" value={typed.from} />
      <FilterInput name="to" label={t('to')} type="date" value={typed.to} />
    </FilterBar>
  );
}

type EventsProps = { proof: ProjectProof; events: AuditEvent[]; base: string; locale: Locale };

async function Events({ proof, events, base, locale }: EventsProps) {
  const t = translator(locale, 'consoleAudit');
  const [names, jobs] = await Promise.all([
    namesOf(proof, events, locale),
    jobTitles(proof.project.id, events, locale),
  ]);
  const now = new Date();
  return (
    <DataTable
      label={t('title')}
      head={
        <>
          <Th isWide>{t('event')}</Th>
          <Th hideBelow="sm">{t('actor')}</Th>
          <Th hideBelow="lg">{t('address')}</Th>
          <Th hideBelow="sm">{t('time')}</Th>
        </>
      }
    >
      {events.map((event) => (
        <Row key={event.id}>
          <RowHeader
            href={`${base}/${event.id}`}
            detail={
              <>
                <code className="font-mono text-xs max-sm:hidden">{event.type}</code>
                {event.jobId !== null && (
                  <span className="block">{t('byJob', { job: jobs.get(event.jobId) ?? event.jobId })}</span>
                )}
                <span className="sm:hidden">
                  <CutText
                    badge={
                      <span className="shrink-0">
                        <RelativeTime value={event.createdAt} now={now} locale={locale} />
                      </span>
                    }
                  >
                    {names.actorOf(event)}
                  </CutText>
                </span>
              </>
            }
          >
            <ClampedText>{eventSentence(event, names, locale)}</ClampedText>
          </RowHeader>
          <Td isMuted hideBelow="sm">
            <CutText>{names.actorOf(event)}</CutText>
          </Td>
          <Td isMuted isNoWrap hideBelow="lg">
            {event.address}
          </Td>
          <Td isMuted isNoWrap hideBelow="sm">
            <RelativeTime value={event.createdAt} now={now} locale={locale} />
          </Td>
        </Row>
      ))}
    </DataTable>
  );
}
