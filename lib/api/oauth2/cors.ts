import { isBrowserOrigin } from '@/lib/application/service';
import { type Answer, type AnswerHeaders, empty, withHeaders } from '@/lib/http/answer';
import { contextOf } from '@/lib/http/context';
import type { ApiRequest } from '@/lib/http/request';
import type { Handler } from '../handle';

/**
 * Cross-origin calls (Fetch, CORS protocol) of the scripts of browser applications, from the origins of their redirect
 * URIs. Without credentials: no endpoint that answers them reads a cookie.
 */
export function withCors<Route extends string>(handler: Handler<Route>): Handler<Route> {
  const serve: Handler<Route> = Object.assign(
    async (request: ApiRequest, params: Record<string, string>) => {
      const answer = await handler(request, params);
      const headers = await allowedOrigin(request);
      return headers ? withHeaders(answer, headers) : answer;
    },
    { route: handler.route },
  );
  return serve;
}

/** A browser asks again after this time. Chromium's maximum is two hours. */
const PREFLIGHT_SECONDS = 600;

/** Answers a preflight from a known origin; null for any other OPTIONS. */
export function preflight(methods: string): (request: ApiRequest) => Promise<Answer | null> {
  return async (request) => {
    if (request.headers.get('access-control-request-method') === null) return null;
    const headers = await allowedOrigin(request);
    if (!headers) return null;
    return empty(204, {
      ...headers,
      'access-control-allow-methods': methods,
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': String(PREFLIGHT_SECONDS),
      'x-request-id': contextOf(request).requestId,
    });
  };
}

async function allowedOrigin(request: ApiRequest): Promise<AnswerHeaders | null> {
  const origin = request.headers.get('origin');
  if (origin === null || origin === 'null') return null;
  const isKnown = await isBrowserOrigin(contextOf(request).projectId, origin);
  return isKnown ? { 'access-control-allow-origin': origin, vary: 'Origin' } : null;
}

/** Documents that anyone may read. */
export const READ_BY_ANYONE = { 'access-control-allow-origin': '*' } as const;
