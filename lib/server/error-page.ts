import { errorMessage } from '@/lib/i18n/error-message';
import { directionOf } from '@/lib/i18n/model';
import { negotiate } from '@/lib/i18n/negotiate';
import { translator } from '@/lib/i18n/translate';
import type { AppError } from '@/lib/platform/errors';
import type { Answer } from '../http/answer';
import { STATUS } from '../http/problem';

/** A refusal by the front server as an HTML page. It loads nothing, because it is needed when nothing else works. */
export function plainPage(error: AppError, requestId: string, language: string | undefined, nonce: string): Answer {
  const { retryAfterSeconds } = error.details;
  return {
    status: STATUS[error.code],
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: plainHtml(error, requestId, language, nonce),
  };
}

/** `language` is the `Accept-Language` header. */
export function plainHtml(error: AppError, requestId: string, language: string | undefined, nonce: string): string {
  const locale = negotiate(language, null);
  const sentence = errorMessage(translator(locale, 'errors'), { code: error.code, ...error.details });
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Signet</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 16px/24px system-ui, sans-serif; }
body { margin: 33vh auto 0; max-width: 30rem; padding: 0 1rem; }
small { opacity: .75; overflow-wrap: anywhere; }
</style>
<main><h1>Signet</h1><p>${sentence}</p><small>${translator(locale, 'common.failure')('reference')}: <bdi>${requestId}</bdi></small></main>
</html>
`;
}
