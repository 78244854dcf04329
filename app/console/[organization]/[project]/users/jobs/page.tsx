import { LiveRefresh } from '@/components/shell/live-refresh';
import { PageHeading } from '@/components/shell/page-heading';
import { EmptyState } from '@/components/ui/data/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/data/filter-bar';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { CutText, DataTable, Row, RowActions, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { TextLink } from '@/components/ui/text-link';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isOver, JOB_STATES, type JobView } from '@/lib/job/model';
import { JOB_KINDS, listJobs } from '@/lib/jobs/registry';
import { isUuid } from '@/lib/platform/ids';
import { type ProjectProof, requireProject } from '@/lib/web/console';
import type { Search } from '@/lib/web/cursor-page';
import { type JobActors, jobActors } from '@/lib/web/job-actors';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { JobButtons } from './_components/job-buttons';
import { JobState } from './_components/job-state';
import { jobName, jobNumbers, jobTitle } from './job-text';

export const generateMetadata = pageTitle('consoleJobs', 'title');

const PAGE_SIZE = 25;

/** The jobs of a project, newest first, with what can be done with each. */
export default async function JobsPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/users/jobs'>) {
  const proof = await requireProject(await params);
  const [locale, { kind, state, before }] = [
    await getLocale(proof.person.identity.locale),
    readQuery(await searchParams),
  ];
  const filter = { kinds: kind ? [kind] : undefined, states: state ? [state] : undefined };
  const found = await listJobs(proof.project.id, filter, { before, limit: PAGE_SIZE + 1 });
  const jobs = found.slice(0, PAGE_SIZE);
  const t = translator(locale, 'consoleJobs');
  const users = `/console/${proof.organization.slug}/${proof.project.slug}/users`;
  const base = `${users}/jobs`;
  const href = (more: Record<string, string>) => {
    const query = new URLSearchParams({ ...(kind && { kind }), ...(state && { state }), ...more });
    return query.size === 0 ? base : `${base}?${query}`;
  };
  const isFiltered = Boolean(kind ?? state);
  const last = jobs.at(-1);
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ text: translator(locale, 'consoleUsers')('title'), href: users }]}
        current={t('title')}
      />
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <LiveRefresh isActive={jobs.some((job) => !isOver(job))} />
      <div className="flex flex-col gap-4">
        <Filters kind={kind ?? ''} state={state ?? ''} base={base} locale={locale} />
        {jobs.length === 0 ? (
          <EmptyState
            action={isFiltered && <TextLink href={base}>{translator(locale, 'common')('clearFilters')}</TextLink>}
          >
            {t(isFiltered ? 'noMatch' : 'empty')}
          </EmptyState>
        ) : (
          <>
            <JobTable proof={proof} jobs={jobs} base={base} locale={locale} />
            {(before !== undefined || found.length > PAGE_SIZE) && (
              <Pager
                {...newestFirst(locale)}
                firstHref={before !== undefined ? href({}) : null}
                previousHref={null}
                nextHref={found.length > PAGE_SIZE && last ? href({ before: last.id }) : null}
              />
            )}
          </>
        )}
      </div>
    </>
  );
}

function readQuery({ kind, state, before }: Search) {
  return {
    kind: JOB_KINDS.find((known) => known === kind),
    state: JOB_STATES.find((known) => known === state),
    before: typeof before === 'string' && isUuid(before) ? before : undefined,
  };
}

type FiltersProps = { kind: string; state: string; base: string; locale: Locale };

function Filters({ kind, state, base, locale }: FiltersProps) {
  const t = translator(locale, 'consoleJobs');
  const any = { value: '', text: t('any') };
  const clear = { href: base, label: translator(locale, 'common')('clearFilters') };
  return (
    <FilterBar
      label={t('filters')}
      action={base}
      applyLabel={t('apply')}
      clear={kind === '' && state === '' ? undefined : clear}
    >
      <FilterSelect
        name="kind"
        label={t('kind')}
        value={kind}
        options={[any, ...JOB_KINDS.map((known) => ({ value: known, text: jobName({ kind: known }, locale) }))]}
      />
      <FilterSelect
        name="state"
        label={t('state')}
        value={state}
        options={[any, ...JOB_STATES.map((known) => ({ value: known, text: t(`states.${known}`) }))]}
      />
    </FilterBar>
  );
}

type TableProps = { proof: ProjectProof; jobs: JobView[]; base: string; locale: Locale };

async function JobTable({ proof, jobs, base, locale }: TableProps) {
  const t = translator(locale, 'consoleJobs');
  const actors: JobActors = await jobActors(proof, jobs, locale);
  const undone = new Map(jobs.map((job) => [job.id, job]));
  const now = new Date();
  return (
    <DataTable
      label={t('title')}
      head={
        <>
          <Th isWide>{t('kind')}</Th>
          <Th hideBelow="sm">{t('state')}</Th>
          <Th hideBelow="lg">{t('by')}</Th>
          <Th hideBelow="md">{t('started')}</Th>
          <Th>
            <VisuallyHidden>{t('actions')}</VisuallyHidden>
          </Th>
        </>
      }
    >
      {jobs.map((job) => {
        const of = job.undoes === null ? null : (undone.get(job.undoes) ?? null);
        const title = jobTitle(job, locale, of);
        return (
          <Row key={job.id}>
            <RowHeader
              href={`${base}/${job.id}`}
              title={title}
              detail={
                <>
                  {jobNumbers(job, locale)}
                  <span className="block sm:hidden">
                    <JobState job={job} locale={locale} />
                  </span>
                </>
              }
            >
              <bdi>{title}</bdi>
            </RowHeader>
            <Td hideBelow="sm">
              <JobState job={job} locale={locale} />
            </Td>
            <Td isMuted hideBelow="lg">
              <CutText>{actors(job)}</CutText>
            </Td>
            <Td isMuted isNoWrap hideBelow="md">
              <RelativeTime value={job.createdAt} now={now} locale={locale} />
            </Td>
            <RowActions>
              <JobButtons proof={proof} job={job} base={base} locale={locale} undone={of} />
            </RowActions>
          </Row>
        );
      })}
    </DataTable>
  );
}
