import { errorMessage } from '@/lib/i18n/error-message';
import { negotiate } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { AppError } from '@/lib/platform/errors';
import { STATUS } from './problem';

/**
 * A refusal of the front server as a person's browser shows it, in words and without anything that would have to be loaded:
 * it is needed when nothing else works.
 */
export function plainPage(
  error: AppError,
  requestId: string,
  acceptLanguage: string | undefined,
  nonce: string,
): Response {
  const locale = negotiate(acceptLanguage, null);
  const { retryAfterSeconds } = error.details;
  const sentence = errorMessage(translator(locale, 'errors'), { code: error.code, ...error.details });
  const html = `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Signet</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 16px/24px system-ui, sans-serif; }
body { margin: 33vh auto 0; max-width: 30rem; padding: 0 1rem; }
small { opacity: .75; overflow-wrap: anywhere; }
</style>
<main><h1>Signet</h1><p>${sentence}</p><small>${translator(locale, 'common.failure')('reference')}: ${requestId}</small></main>
</html>
`;
  return new Response(html, {
    status: STATUS[error.code],
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  });
}
