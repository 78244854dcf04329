import type { ServerResponse } from 'node:http';
import type { Instrumentation } from 'next';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { processWide } from '@/lib/platform/process-wide';
import { STATUS, toAppError } from './problem';

/**
 * When a page or a form without scripts is refused or finds no database, Next answers its error with 500, or has settled for 200
 * already. Its side says so here under the request's id, and the front server, in the same process, sends the refusal's own status:
 * 503 with `Retry-After` for the database.
 */
/** The requests in progress, each with its outage once one was reported. */
const requests = processWide('outages', () => new Map<string, AppError | null>());

/** Called by Next's side. A request that nobody watches, because it is over or never was one, leaves nothing behind. */
export function reportOutage(requestId: string, refusal: AppError): void {
  if (requests.has(requestId)) requests.set(requestId, refusal);
}

const REPLACED = new Set([200, 500]);

/**
 * Called by the front server before it hands a request on. Forgotten when the response is over, however it ends.
 * Where Next has no more than a bare text for an error, such as for a form without scripts, `toHtml` gives words for people.
 */
export function watchForOutage(
  response: ServerResponse,
  requestId: string,
  toHtml: ((refusal: AppError) => string) | null,
): void {
  requests.set(requestId, null);
  response.once('close', () => requests.delete(requestId));
  const { writeHead, write, end } = response;
  let html: string | null = null;

  response.writeHead = (status: number, ...rest: unknown[]) => {
    const outage = requests.get(requestId) ?? null;
    if (toHtml && status === 500 && isBare(response)) {
      html = toHtml(outage ?? new AppError('internal'));
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.removeHeader('content-length');
    }
    if (!outage || !REPLACED.has(status)) return Reflect.apply(writeHead, response, [status, ...rest]);
    const right = STATUS[outage.code];
    sent.set(response, right);
    if (right === 503) response.setHeader('retry-after', outage.details.retryAfterSeconds ?? 5);
    // Without the reason phrase of the other status.
    return Reflect.apply(writeHead, response, [right, ...rest.filter((argument) => typeof argument !== 'string')]);
  };
  response.write = (...given: unknown[]) => html !== null || Reflect.apply(write, response, given);
  response.end = (...given: unknown[]) => {
    // Else Node takes what it is given before it asks for the head.
    if (response.statusCode === 500 && !response.headersSent) response.writeHead(500);
    const callback = given.filter((argument) => argument instanceof Function);
    return Reflect.apply(end, response, html === null ? given : [html, ...callback]);
  };
}

/** The status that went out. Next puts its own back afterwards. */
export function statusOf(response: ServerResponse): number {
  return sent.get(response) ?? response.statusCode;
}

const sent = new WeakMap<ServerResponse, number>();

function isBare(response: ServerResponse): boolean {
  return /^(text\/plain)?$/.test(String(response.getHeader('content-type') ?? ''));
}

/**
 * What Next tells of an error in a page, an action or a handler. It goes into the log without its message, which may hold
 * values, and without the address, which may hold a single-use link; `digest` is the reference that the person sees.
 */
export const reportRequestError: Instrumentation.onRequestError = (
  error,
  { headers, method },
  { routePath, routeType },
) => {
  const requestId = String(headers['x-request-id'] ?? '');
  if (method === 'POST' && routeType !== 'route' && isUndecodable(error)) {
    log.debug('form cannot be read', { request_id: requestId, route: routePath, ...errorFields(error) });
    return reportOutage(requestId, new AppError('invalid_input'));
  }
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  const place = { digest, route: routePath, kind: routeType };
  const refusal = toAppError(error, requestId, place);
  if (refusal.code === 'internal') return;
  if (refusal === error && refusal.code !== 'overloaded')
    log.info('request refused', { request_id: requestId, ...place, ...errorFields(error) });
  reportOutage(requestId, refusal);
};

/** Where our own code lies in Next's output. */
const OURS = /\/server\/(chunks|app)\/(?!.*node_modules)/;

/**
 * Next and React could not read what a client sent as a form, and no code of ours has seen it: a form cut short, fields that refer
 * to nothing, values of no known kind. They throw errors without a name of their own.
 */
function isUndecodable(error: unknown): boolean {
  if (!(error instanceof Error) || isAppError(error)) return false;
  return !(error.stack ?? '').split('\n').some((line) => OURS.test(line));
}
