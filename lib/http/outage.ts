import type { ServerResponse } from 'node:http';
import type { Instrumentation } from 'next';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { processWide } from '@/lib/platform/process-wide';
import { STATUS, toAppError } from './problem';

/**
 * When a page or a form without scripts is refused or cannot reach the database, Next answers 500, or has already
 * settled on 200. Next's side reports the refusal here under the request's ID, and the front server, in the same
 * process, sends its actual status: 503 with `Retry-After` for the database.
 */
/** The requests in progress, each with its refusal once one is reported. */
const requests = processWide('outages', () => new Map<string, AppError | null>());

/** Called by Next's side. Ignores a request that is not being watched, such as one that has ended. */
export function reportOutage(requestId: string, refusal: AppError): void {
  if (requests.has(requestId)) requests.set(requestId, refusal);
}

const REPLACED = new Set([200, 500]);

/**
 * Called by the front server before it passes a request on; forgotten when the response closes. Where Next sends bare
 * text for an error, as for a form without scripts, `toHtml` renders a page instead.
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
    // Without the reason phrase of the original status.
    return Reflect.apply(writeHead, response, [right, ...rest.filter((argument) => typeof argument !== 'string')]);
  };
  response.write = (...given: unknown[]) => html !== null || Reflect.apply(write, response, given);
  response.end = (...given: unknown[]) => {
    // Otherwise Node buffers the body before it writes the head.
    if (response.statusCode === 500 && !response.headersSent) response.writeHead(500);
    const callback = given.filter((argument) => argument instanceof Function);
    return Reflect.apply(end, response, html === null ? given : [html, ...callback]);
  };
}

/** The status that was sent. Next resets its own property afterwards. */
export function statusOf(response: ServerResponse): number {
  return sent.get(response) ?? response.statusCode;
}

const sent = new WeakMap<ServerResponse, number>();

function isBare(response: ServerResponse): boolean {
  return /^(text\/plain)?$/.test(String(response.getHeader('content-type') ?? ''));
}

/**
 * Next's report of an error in a page, an action or a handler. Logged without its message, which may hold values, and
 * without the URL, which may hold a single-use link; `digest` is the reference that the page shows.
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

/** Our own code in Next's output. */
const OURS = /\/server\/(chunks|app)\/(?!.*node_modules)/;

/**
 * Next and React could not decode a form, before any code of ours ran: a form cut short, references to missing fields,
 * values of unknown kinds. They throw errors without a name of their own.
 */
function isUndecodable(error: unknown): boolean {
  if (!(error instanceof Error) || isAppError(error)) return false;
  return !(error.stack ?? '').split('\n').some((line) => OURS.test(line));
}
