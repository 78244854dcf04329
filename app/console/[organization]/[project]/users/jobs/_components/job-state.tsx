import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { handledCount, type JobView } from '@/lib/job/model';

/** A word; with a bar while it works. */
export function JobState({ job, locale }: { job: JobView; locale: Locale }) {
  const t = translator(locale, 'consoleJobs');
  if (job.state !== 'running' || job.total === null) return t(`states.${job.state}`);
  const handled = Math.min(handledCount(job), job.total);
  return (
    <span className="flex flex-col gap-1">
      <span className="tabular-nums whitespace-nowrap">{t('progressOf', { handled, total: job.total })}</span>
      <JobBar job={job} label={t('progress')} />
    </span>
  );
}

export function JobBar({ job, label }: { job: JobView; label: string }) {
  const { state, total } = job;
  const isWorking = state === 'queued' || state === 'running';
  const share = total === null || total === 0 ? 0 : Math.min(1, handledCount(job) / total);
  return (
    <progress
      aria-label={label}
      value={isWorking ? share : 1}
      max={1}
      className="h-2 w-full max-w-text accent-accent"
    />
  );
}
