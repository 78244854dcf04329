import type { Locale } from '@/lib/i18n/model';
import { messageTextsOf, translator } from '@/lib/i18n/translate';
import { handledCount, type JobView, UNDO_KIND } from '@/lib/job/model';

/** What a job does. Kinds and reasons of other versions are shown as they are. */
export function jobName({ kind }: Pick<JobView, 'kind'>, locale: Locale): string {
  return wordOf('kinds', kind, locale);
}

/** With the field or schema it changes, or the job it undoes. */
export function jobTitle(job: JobView, locale: Locale, undone: JobView | null = null): string {
  if (job.kind === UNDO_KIND && undone)
    return translator(locale, 'consoleJobs')('undoOf', { job: jobTitle(undone, locale) });
  const target = targetOf(job);
  return target === null ? jobName(job, locale) : `${jobName(job, locale)}: ${target}`;
}

export function reasonText(reason: string, locale: Locale): string {
  return wordOf('reasons', reason, locale);
}

function wordOf(group: 'kinds' | 'reasons', key: string, locale: Locale): string {
  return messageTextsOf(locale).get(`consoleJobs.${group}.${key}`) ?? key;
}

export function targetOf({ result }: JobView): string | null {
  return typeof result.target === 'string' ? result.target : null;
}

/** Progress while it works, then the numbers of its result. */
export function jobSentence(job: JobView, locale: Locale): string {
  const t = translator(locale, 'consoleJobs');
  const { state, total, done } = job;
  if (state === 'queued' || total === null) return t('counting');
  if (state === 'running') return t('running', { handled: Math.min(handledCount(job), total), total });
  return t(`summary.${state}`, { done });
}
