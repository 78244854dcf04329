import type { z } from 'zod';
import type { CallResult, StoredResponse } from '@/lib/idempotency/model';
import { parseIdempotencyKey } from '@/lib/idempotency/model';
import { once } from '@/lib/idempotency/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { isAppError } from '@/lib/platform/errors';
import { contentHash } from '@/lib/platform/secret';
import type { Answer, AnswerHeaders } from '../http/answer';
import { STATUS, toProblem } from '../http/problem';
import { type Declaration, edge, type Handler, type Input } from './handle';
import { publicPath, type ScopedRoute } from './routes';

/** The response of a call that creates something, as plain data, so that the transaction of the change can store it. */
export type IdempotentResponse = {
  status: 200 | 201 | 202;
  headers?: Record<string, string>;
  json: unknown;
  /** The resource created or concerned. A repeated call whose response is not repeated returns this ID. */
  resourceId: string;
  /** The response contains a secret: it is returned once and never stored. */
  isSecret?: boolean;
};

/** With an Idempotency-Key there is a `tx`, and everything that `serve` reads and writes goes through it. */
type IdempotentInput<Body, Query> = Input<Body, Query> & { tx: Tx | undefined };

/**
 * A POST of the admin API: as `handle`, and with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) it is
 * executed once, however often it is sent within a day. The key belongs to the API credential and to this request:
 * path, query and body. A malformed key is 400, one used for another request 422, a repeat where the first response
 * contained a secret 409. A dry run neither reads nor stores the key.
 */
export function handleIdempotent<
  Route extends Extract<ScopedRoute, `POST ${string}`>,
  Body extends z.ZodType = z.ZodNull,
  Query extends z.ZodType = z.ZodNull,
>(
  route: Route,
  declared: Declaration<Body, Query>,
  serve: (input: IdempotentInput<z.output<Body>, z.output<Query>>) => Promise<IdempotentResponse>,
): Handler<Route> {
  return edge(route, declared, async (input, text) => {
    const { request, actor, context } = input;
    const header = request.headers.get('idempotency-key');
    if (header === null || input.isDryRun) return toAnswer(toStored(await serve({ ...input, tx: undefined })));
    const { pathname, search } = new URL(request.url);
    const path = publicPath(pathname); // both paths of a route share keys
    const call = {
      id: hashOf(actor.projectId, actor.kind, actor.id, parseIdempotencyKey(header)),
      projectId: actor.projectId,
      fingerprint: hashOf(route, path + search, text),
    };
    const { answer, isReplayed } = await once(
      call,
      async (tx) => toCallResult(await serve({ ...input, tx })),
      (refusal) => toStoredRefusal(refusal, context.requestId),
    );
    return toAnswer(answer, isReplayed ? { 'idempotency-replayed': 'true' } : {});
  });
}

/** JSON separates the parts unambiguously. */
function hashOf(...parts: Array<string | null>): string {
  return contentHash(Buffer.from(JSON.stringify(parts)));
}

function toCallResult(answer: IdempotentResponse): CallResult {
  return { answer: toStored(answer), resourceId: answer.resourceId, isSecret: answer.isSecret === true };
}

function toStored({ status, headers = {}, json }: IdempotentResponse): StoredResponse {
  return { status, headers, body: JSON.stringify(json) };
}

/** Stores permanent refusals only, not temporary ones: rate limits, a busy database, internal errors. */
function toStoredRefusal(refusal: unknown, requestId: string): StoredResponse | null {
  if (!isAppError(refusal)) return null;
  const status = STATUS[refusal.code];
  if (status >= 500 || status === STATUS.rate_limited) return null;
  return { status, headers: {}, body: JSON.stringify({ error: toProblem(refusal, requestId) }) };
}

function toAnswer({ status, headers, body }: StoredResponse, more: AnswerHeaders = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers, ...more }, body };
}
