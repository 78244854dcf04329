import { errorMessage } from '@/lib/i18n/error-message';
import type { useTranslations } from '@/lib/i18n/use-translations';
import type { CeremonyFailure } from './ceremony';

/** The sentence for a failed ceremony or action; undefined when there is nothing to say. */
export function failureMessage(
  t: ReturnType<typeof useTranslations<'errors'>>,
  failure: CeremonyFailure,
): string | undefined {
  const { code } = failure;
  return code === 'aborted' ? undefined : errorMessage(t, { ...failure, code });
}
