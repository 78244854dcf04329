import { failureSentence } from '@/lib/i18n/error-message';
import type { useTranslations } from '@/lib/i18n/use-translations';
import type { CeremonyFailure } from './ceremony';

/** The sentence for a failed ceremony or action; undefined when there is nothing to say. */
export function failureMessage(
  t: ReturnType<typeof useTranslations<'errors.browser'>>,
  failure: CeremonyFailure,
): string | undefined {
  return failure.code === 'aborted' ? undefined : failureSentence(t, failure);
}
