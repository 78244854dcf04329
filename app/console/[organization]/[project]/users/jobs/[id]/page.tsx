import { notFound } from 'next/navigation';
import { LiveRefresh } from '@/components/shell/live-refresh';
import { PageHeading } from '@/components/shell/page-heading';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { TextLink } from '@/components/ui/text-link';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isOver, type JobView } from '@/lib/job/model';
import { getJob } from '@/lib/jobs/registry';
import { isAppError } from '@/lib/platform/errors';
import { type ProjectProof, requireProject } from '@/lib/web/console';
import { jobActors } from '@/lib/web/job-actors';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { JobButtons } from '../_components/job-buttons';
import { JobBar } from '../_components/job-state';
import { LeftOut } from '../_components/left-out';
import { jobSentence, jobTitle, reasonText, targetOf } from '../job-text';

export const generateMetadata = pageTitle('consoleJobs', 'title');

/** One job: its progress, its result, whom it left out, and its undo. */
export default async function JobPage({ params }: PageProps<'/console/[organization]/[project]/users/jobs/[id]'>) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const [locale, job] = await Promise.all([getLocale(proof.person.identity.locale), findJob(proof.project.id, id)]);
  if (!job) notFound();
  const undone = job.undoes === null ? null : await findJob(proof.project.id, job.undoes);
  const t = translator(locale, 'consoleJobs');
  const project = `/console/${place.organization}/${place.project}`;
  const base = `${project}/users/jobs`;
  const title = jobTitle(job, locale, undone);
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { text: translator(locale, 'consoleUsers')('title'), href: `${project}/users` },
          { text: t('title'), href: base },
        ]}
        current={title}
      />
      <PageHeading title={title} />
      <LiveRefresh isActive={!isOver(job)} />
      <div className="flex flex-col gap-6">
        <div className="flex flex-col items-start gap-3">
          <p role="status" className="max-w-text">
            {jobSentence(job, locale)}
          </p>
          <JobBar job={job} label={t('progress')} />
          <JobButtons proof={proof} job={job} base={base} locale={locale} undone={undone} />
          <NoUndo job={job} locale={locale} />
        </div>
        <Panel id="numbers" title={t('result')}>
          <Facts proof={proof} job={job} undone={undone} project={project} locale={locale} />
        </Panel>
        {job.leftOut.people.length > 0 && (
          <LeftOut projectId={proof.project.id} leftOut={job.leftOut} base={`${project}/users`} locale={locale} />
        )}
      </div>
    </>
  );
}

async function findJob(projectId: string, id: string): Promise<JobView | null> {
  try {
    return await getJob(projectId, id);
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null;
    throw error;
  }
}

/** Why there is no button. */
function NoUndo({ job: { undo }, locale }: { job: JobView; locale: Locale }) {
  if (undo.possible || (undo.reason !== 'nothing_changed' && undo.reason !== 'not_undoable')) return null;
  return <p className="max-w-text text-muted">{translator(locale, 'consoleJobs.undo.none')(undo.reason)}</p>;
}

type FactsProps = { proof: ProjectProof; job: JobView; undone: JobView | null; project: string; locale: Locale };

async function Facts({ proof, job, undone, project, locale }: FactsProps) {
  const t = translator(locale, 'consoleJobs');
  const actors = await jobActors(proof, [job], locale);
  const undoing = !job.undo.possible && job.undo.jobId ? await findJob(proof.project.id, job.undo.jobId) : null;
  const target = targetOf(job);
  const sessions = job.result.ended_sessions;
  const reasons = Object.entries(job.leftOut.counts).map(([reason, count]) => [reason, count ?? 0] as const);
  const jobLink = (other: JobView, text: string) => (
    <TextLink href={`${project}/users/jobs/${other.id}`}>{text}</TextLink>
  );
  const now = new Date();
  return (
    <DescriptionList>
      <DescriptionRow term={t('state')}>{t(`states.${job.state}`)}</DescriptionRow>
      <DescriptionRow term={t('by')}>
        <bdi>{actors(job)}</bdi>
      </DescriptionRow>
      <DescriptionRow term={t('started')}>
        <RelativeTime value={job.createdAt} now={now} locale={locale} />
      </DescriptionRow>
      {job.finishedAt && (
        <DescriptionRow term={t('finished')}>
          <RelativeTime value={job.finishedAt} now={now} locale={locale} />
        </DescriptionRow>
      )}
      {target !== null && (
        <DescriptionRow term={t('target')}>
          <code className="font-mono wrap-anywhere">{target}</code>
        </DescriptionRow>
      )}
      <DescriptionRow term={t('changed')}>{formatNumber(job.done, locale)}</DescriptionRow>
      {job.unchanged > 0 && (
        <DescriptionRow term={t('unchanged')}>{formatNumber(job.unchanged, locale)}</DescriptionRow>
      )}
      {typeof sessions === 'number' && (
        <DescriptionRow term={t('endedSessions')}>{formatNumber(sessions, locale)}</DescriptionRow>
      )}
      {reasons.length > 0 && (
        <DescriptionRow term={t('leftOut')}>
          <ul>
            {reasons.map(([reason, count]) => (
              <li key={reason}>
                {formatNumber(count, locale)} · {reasonText(reason, locale)}
              </li>
            ))}
          </ul>
        </DescriptionRow>
      )}
      {undone && <DescriptionRow term={t('undoes')}>{jobLink(undone, jobTitle(undone, locale))}</DescriptionRow>}
      {undoing && <DescriptionRow term={t('undoneBy')}>{jobLink(undoing, jobTitle(undoing, locale))}</DescriptionRow>}
      <DescriptionRow term={t('events')}>
        <TextLink href={`${project}/audit-log?job=${job.id}`}>{t('eventsLink')}</TextLink>
      </DescriptionRow>
    </DescriptionList>
  );
}
