import type { ServerResponse } from 'node:http';
import type { Instrumentation } from 'next';
import { errorFields, log } from '@/lib/platform/log';
import { toAppError } from './problem';

/**
 * When a page or a form without scripts finds no database, Next answers its error with 500, or has settled for 200 already.
 * Its side says so here under the request's id, and the front server, in the same process, makes it 503 with `Retry-After`.
 */
const SLOT = Symbol.for('signet.outages');
/** The requests under way, each with the seconds to wait once it was reported. On globalThis: there are two copies of this module. */
const holder: { [key: symbol]: Map<string, number | null> | undefined } = globalThis as never;

function underWay(): Map<string, number | null> {
  holder[SLOT] ??= new Map();
  return holder[SLOT];
}

const REPLACED = new Set([200, 500]);

/** Called by the front server before it hands a request on. Forgotten when the response is over, however it ends. */
export function watchForOutage(response: ServerResponse, requestId: string): void {
  const requests = underWay();
  requests.set(requestId, null);
  response.once('close', () => requests.delete(requestId));
  const { writeHead } = response;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const seconds = requests.get(requestId) ?? null;
    if (seconds === null || !REPLACED.has(status)) return Reflect.apply(writeHead, response, [status, ...rest]);
    response.setHeader('retry-after', seconds);
    // Without the reason phrase of the other status.
    return Reflect.apply(writeHead, response, [503, ...rest.filter((argument) => typeof argument !== 'string')]);
  };
}

/** A request that nobody watches, because it is over or never was one, leaves nothing behind. */
export function reportOutage(requestId: string, retryAfterSeconds: number): void {
  const requests = underWay();
  if (requests.has(requestId)) requests.set(requestId, retryAfterSeconds);
}

/**
 * What Next tells of an error in a page, an action or a handler. It goes into the log without its message, which may hold
 * values, and without the address, which may hold a single-use link; `digest` is the reference that the person sees.
 */
export const reportRequestError: Instrumentation.onRequestError = (error, { headers }, { routePath, routeType }) => {
  const requestId = String(headers['x-request-id'] ?? '');
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  const place = { digest, route: routePath, kind: routeType };
  const refusal = toAppError(error, requestId, place);
  if (refusal === error) log.warn('refused', { request_id: requestId, ...place, ...errorFields(error) });
  if (refusal.code === 'overloaded') reportOutage(requestId, refusal.details.retryAfterSeconds ?? 5);
};
