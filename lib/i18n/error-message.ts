import type { useTranslations } from '@/lib/i18n/use-translations';
import type { ErrorCode } from '@/lib/platform/errors';
import type { Messages } from './catalogue';
import type { Translate } from './translate';

/** A refusal as a page shows it: of a server action, with its sentence, or a failure that the browser detected. */
export type Failure = { code: ErrorCode; sentence: string } | { code: BrowserFailure };

export type BrowserFailure = keyof Messages['errors']['browser'];

type Refusal = { code: ErrorCode; retryAfterSeconds?: number | undefined; triesLeft?: number | undefined };

/** The sentence for a refusal. `t` comes from `translator(locale, 'errors')`. */
export function errorMessage(t: Translate<'errors'>, { code, retryAfterSeconds, triesLeft }: Refusal): string {
  switch (code) {
    case 'rate_limited':
      return t(code, { minutes: Math.max(1, Math.ceil((retryAfterSeconds ?? 60) / 60)) });
    case 'code_wrong':
      return t(code, { triesLeft: triesLeft ?? 0 });
    default:
      return t(code);
  }
}

/** In the browser, which knows only the messages in `errors.browser`. */
export function failureSentence(t: ReturnType<typeof useTranslations<'errors.browser'>>, failure: Failure): string {
  return 'sentence' in failure ? failure.sentence : t(failure.code);
}
