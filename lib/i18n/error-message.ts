import type { useTranslations } from '@/lib/i18n/use-translations';
import type { ErrorCode } from '@/lib/platform/errors';
import type { Translate } from './translate';

/** A refusal as a page shows it: the result of a server action, or a failure that the browser detected. */
export type Failure = {
  code: ErrorCode | BrowserFailure;
  retryAfterSeconds?: number;
  triesLeft?: number;
};

export type BrowserFailure =
  | 'ceremony_cancelled'
  | 'registration_cancelled'
  | 'passkeys_unsupported'
  | 'offline'
  | 'csrf';

type ErrorTranslate = Translate<'errors'> | ReturnType<typeof useTranslations<'errors'>>;

/** The sentence for a refusal. `t` comes from `translator(locale, 'errors')` or `useTranslations('errors')`. */
export function errorMessage(t: ErrorTranslate, { code, retryAfterSeconds, triesLeft }: Failure): string {
  switch (code) {
    case 'rate_limited':
      return t(code, { minutes: Math.max(1, Math.ceil((retryAfterSeconds ?? 60) / 60)) });
    case 'code_wrong':
      return t(code, { triesLeft: triesLeft ?? 0 });
    default:
      return t(code);
  }
}
