import type { Handler } from '@/lib/api/handle';
import type { PersonRoute } from '@/lib/api/routes';
import { type Answer, empty, withHeaders } from '@/lib/http/answer';
import { contextOf, type RequestContext } from '@/lib/http/context';
import { refusalPage } from '@/lib/http/plain-page';
import { toAppError } from '@/lib/http/problem';
import type { ApiRequest } from '@/lib/http/request';
import { ASKED_LOCALE_COOKIE, LOCALE_COOKIE, type Locale } from '@/lib/i18n/model';
import { negotiate } from '@/lib/i18n/negotiate';
import { RequestJar } from '@/lib/web/jar';
import { type Proof, readProof } from '@/lib/web/proof';
import { readCookies, sessionCookieName } from '@/lib/web/session-cookie';

/** A request by a person's browser, which an application sent here. */
export type PersonRequest = {
  request: ApiRequest;
  context: RequestContext;
  jar: RequestJar;
  locale: Locale;
  /** The person signed in in this browser, or null. */
  findProof: () => Promise<Proof | null>;
};

/**
 * The edge of routes for a person's browser: refusals are pages in its language, and nothing is cached. The address of
 * the page, which holds the request, is not passed on to the application (`Referrer-Policy`).
 */
export function navigationRoute<Route extends PersonRoute>(
  route: Route,
  serve: (asked: PersonRequest) => Promise<Answer>,
): Handler<Route> {
  const handler = async (request: ApiRequest): Promise<Answer> => {
    const context = contextOf(request);
    const jar = new RequestJar(request);
    const locale = localeOf(request);
    const findProof = () => readProof(context, jar.get(sessionCookieName(context))?.value);
    const headers = { ...UNCACHED, 'x-request-id': context.requestId };
    try {
      const answer = await serve({ request, context, jar, locale, findProof });
      return { ...withHeaders(answer, headers), cookies: jar.lines };
    } catch (error) {
      return withHeaders(refusalPage(toAppError(error, context.requestId), locale, context.requestId), headers);
    }
  };
  return Object.assign(handler, { route });
}

const UNCACHED = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const;

/** Always by GET: 307 would repeat a POST, with its body, at the application (RFC 9700 §4.12). */
export function seeOther(location: string): Answer {
  return empty(303, { location });
}

/**
 * Whether the request is not a navigation by the person: Next's router or server, or a prefetch. Such a request must not
 * sign anyone in, because its answer goes elsewhere.
 */
export function isNoNavigation(request: ApiRequest): boolean {
  const has = (name: string) => request.headers.get(name) !== null;
  if (request.method === 'HEAD' || ['rsc', 'next-action', 'next-router-state-tree'].some(has)) return true;
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) => /prefetch/i.test(request.headers.get(name) ?? ''));
}

function localeOf(request: ApiRequest): Locale {
  const cookies = readCookies(request);
  return negotiate(request.headers.get('accept-language'), cookies[LOCALE_COOKIE] ?? cookies[ASKED_LOCALE_COOKIE]);
}
