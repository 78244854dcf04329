import type { z } from 'zod';
import type { Serve } from '@/lib/api/handle';
import { postResource } from '@/lib/api/resource';
import { type Answer, json } from '@/lib/http/answer';
import { mediaType, readText } from '@/lib/http/body';
import { contextOf, type RequestContext } from '@/lib/http/context';
import { STATUS, toAppError } from '@/lib/http/problem';
import type { ApiRequest } from '@/lib/http/request';
import { LOCALE_COOKIE, type Locale } from '@/lib/i18n/model';
import { negotiate } from '@/lib/i18n/negotiate';
import { PRODUCT_TEXTS, type Texts } from '@/lib/i18n/texts';
import type { ActionResult } from '@/lib/platform/action-result';
import { AppError } from '@/lib/platform/errors';
import { parseJson } from '@/lib/platform/strict-json';
import { textsOf } from '@/lib/project/service';
import { parseInput, toActionError } from '@/lib/web/action-result';
import { type Browser, RequestJar } from '@/lib/web/jar';
import { readCookies } from '@/lib/web/session-cookie';

/** A response of an authenticator takes a few kB. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * The exports of a route file for the scripts of our own pages: a POST for anyone, such as a step of signing in, that the
 * front server answers without Next. Like an action, it answers an `ActionResult`, here with the status of a refusal.
 * Checked before the input is parsed: the request's origin and type.
 */
export function scriptRoute<Output, Input extends z.ZodType = z.ZodUndefined>(
  declared: { input?: Input },
  run: (browser: Browser, input: z.output<Input>) => Promise<Output>,
) {
  const serve: Serve = async (request) => {
    const context = contextOf(request);
    try {
      requireOwnPage(request, context);
      const jar = new RequestJar(request);
      const browser = { context, jar, userAgent: request.headers.get('user-agent') ?? '' };
      const sent = parseJson(await readText(request, MAX_BODY_BYTES));
      const value = await run(browser, parseInput(declared.input, sent));
      return { ...answer(context, { ok: true, value }), cookies: jar.lines };
    } catch (error) {
      const texts = await textsOf(context.project).catch(() => PRODUCT_TEXTS);
      return refuse(toAppError(error, context.requestId), context, { locale: localeOf(request), texts });
    }
  };
  return postResource(serve);
}

/**
 * Only scripts of this origin pass: a form of another site cannot send JSON without asking first (Fetch, CORS-safelisted
 * request headers), nor choose `Origin` or `Sec-Fetch-Site`. A missing `Origin` is refused (contract 8.5); `Sec-Fetch-Site`
 * is missing where browsers do not know it. Refuses: `forbidden`, `unsupported_media_type`.
 */
function requireOwnPage(request: ApiRequest, { origin }: RequestContext): void {
  const site = request.headers.get('sec-fetch-site');
  if (request.headers.get('origin') !== origin || (site !== null && site !== 'same-origin')) {
    throw new AppError('forbidden');
  }
  if (mediaType(request) !== 'application/json') throw new AppError('unsupported_media_type');
}

function answer<Output>({ requestId }: RequestContext, result: ActionResult<Output>): Answer {
  return json(result, { 'cache-control': 'private, no-store', 'x-request-id': requestId });
}

function refuse(error: AppError, context: RequestContext, { locale, texts }: { locale: Locale; texts: Texts }): Answer {
  const { retryAfterSeconds } = error.details;
  const refusal = answer(context, { ok: false, error: toActionError(error, context.requestId, locale, texts) });
  if (retryAfterSeconds !== undefined) refusal.headers['retry-after'] = String(retryAfterSeconds);
  return { ...refusal, status: STATUS[error.code] };
}

function localeOf(request: ApiRequest): Locale {
  return negotiate(request.headers.get('accept-language'), readCookies(request)[LOCALE_COOKIE]);
}
