import type { Locale } from '@/lib/i18n/model';
import { messageTextsOf, translator } from '@/lib/i18n/translate';
import { handledCount, type JobView, leftOutCount, UNDO_KIND } from '@/lib/job/model';

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

/** An import says how many users it created, which are not merely changed. */
function importedOf({ kind, result }: JobView): { created: number; changed: number } | null {
  const { created, changed } = result;
  return kind === 'import' && typeof created === 'number' && typeof changed === 'number' ? { created, changed } : null;
}

/** The numbers of a job in one line. */
export function jobNumbers(job: JobView, locale: Locale): string {
  const t = translator(locale, 'consoleJobs');
  const leftOut = leftOutCount(job.leftOut.counts);
  const imported = importedOf(job);
  return imported ? t('importNumbers', { ...imported, leftOut }) : t('numbers', { done: job.done, leftOut });
}

/** How many users the undo of a job deletes: those it created, or restored. */
export function deletedByUndo(job: JobView, undone: JobView | null): number {
  if (undone?.kind === 'delete') return job.done;
  return importedOf(job)?.created ?? 0;
}

/** Progress while it works, then the numbers of its result. */
export function jobSentence(job: JobView, locale: Locale): string {
  const t = translator(locale, 'consoleJobs');
  const { state, total, done } = job;
  if (state === 'queued' || total === null) return t('counting');
  if (state === 'running') return t('running', { handled: Math.min(handledCount(job), total), total });
  const imported = importedOf(job);
  return imported ? t(`importSummary.${state}`, imported) : t(`summary.${state}`, { done });
}
