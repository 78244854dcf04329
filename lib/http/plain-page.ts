import { errorMessage } from '@/lib/i18n/error-message';
import { directionOf, type Locale } from '@/lib/i18n/model';
import { negotiate } from '@/lib/i18n/negotiate';
import { translator } from '@/lib/i18n/translate';
import type { AppError } from '@/lib/platform/errors';
import { randomToken } from '@/lib/platform/secret';
import type { Answer } from './answer';
import { STATUS } from './problem';

/** A refusal outside of Next as an HTML page. It loads nothing, because it is needed when nothing else works. */
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
  return htmlOf(errorMessage(translator(locale, 'errors'), { code: error.code, ...error.details }), {
    ...{ locale, requestId, nonce },
  });
}

/** The same by a handler for people. */
export function refusalPage(error: AppError, locale: Locale, requestId: string): Answer {
  const { retryAfterSeconds } = error.details;
  const sentence = errorMessage(translator(locale, 'errors'), { code: error.code, ...error.details });
  const answer = sentencePage(STATUS[error.code], sentence, locale, requestId);
  if (retryAfterSeconds !== undefined) answer.headers['retry-after'] = String(retryAfterSeconds);
  return answer;
}

/** A refusal by a handler for people: one sentence, which is already HTML. It sets its own policy. */
export function sentencePage(status: number, sentence: string, locale: Locale, requestId: string): Answer {
  const nonce = randomToken(16);
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'x-request-id': requestId,
    },
    body: htmlOf(sentence, { locale, requestId, nonce }),
  };
}

function htmlOf(
  sentence: string,
  { locale, requestId, nonce }: { locale: Locale; requestId: string; nonce: string },
): string {
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
