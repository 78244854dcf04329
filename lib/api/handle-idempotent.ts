import type { z } from 'zod';
import type { Done, KeptAnswer } from '@/lib/idempotency/model';
import { parseIdempotencyKey } from '@/lib/idempotency/model';
import { once } from '@/lib/idempotency/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { isAppError } from '@/lib/platform/errors';
import { contentHash } from '@/lib/platform/secret';
import { STATUS, toProblem } from '../http/problem';
import { type Declaration, edge, type Handler, type Input } from './handle';
import { publicPath, type ScopedRoute } from './routes';

/** What a call that makes something answers: in plain data, so that it can be kept in the transaction of the change. */
export type Answer = {
  status: 200 | 201;
  headers?: Record<string, string>;
  json: unknown;
  /** What it made or is about. Who repeats a call whose answer is not given again is told this. */
  resourceId: string;
  /** It holds a secret: it is given this once and kept nowhere. */
  isSecret?: boolean;
};

/** `tx` is there when the call has an Idempotency-Key: then all that `serve` reads and writes goes through it. */
type OnceInput<Body, Query> = Input<Body, Query> & { tx: Tx | undefined };

/**
 * A route of the admin API that makes something: as `handle`, and with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header)
 * it is done once, however often it is called within a day. The key belongs to the API credential, and to this very request:
 * path, query and body. Malformed 400, for another request 422, repeated where the first answer was a secret 409.
 */
export function handleOnce<
  Route extends Extract<ScopedRoute, `POST ${string}`>,
  Body extends z.ZodType = z.ZodNull,
  Query extends z.ZodType = z.ZodNull,
>(
  route: Route,
  declared: Declaration<Body, Query>,
  serve: (input: OnceInput<z.output<Body>, z.output<Query>>) => Promise<Answer>,
): Handler<Route> {
  return edge(route, declared, async (input, text) => {
    const { request, actor, context } = input;
    const header = request.headers.get('idempotency-key');
    if (header === null) return toResponse(toKept(await serve({ ...input, tx: undefined })));
    const { pathname, search } = new URL(request.url);
    const path = publicPath(pathname); // one call under both its names
    const call = {
      id: hashOf(actor.projectId, actor.kind, actor.id, parseIdempotencyKey(header)),
      projectId: actor.projectId,
      fingerprint: hashOf(route, path + search, text),
    };
    const { answer, isReplayed } = await once(
      call,
      async (tx) => toDone(await serve({ ...input, tx })),
      (refusal) => keptRefusal(refusal, context.requestId),
    );
    return toResponse(answer, isReplayed ? { 'idempotency-replayed': 'true' } : {});
  });
}

/** Of parts that cannot run into each other. */
function hashOf(...parts: Array<string | null>): string {
  return contentHash(Buffer.from(JSON.stringify(parts)));
}

function toDone(answer: Answer): Done {
  return { answer: toKept(answer), resourceId: answer.resourceId, isSecret: answer.isSecret === true };
}

function toKept({ status, headers = {}, json }: Answer): KeptAnswer {
  return { status, headers, body: JSON.stringify(json) };
}

/** A refusal for good. Not one for now: too many requests, no turn at the database, a fault of ours. */
function keptRefusal(refusal: unknown, requestId: string): KeptAnswer | null {
  if (!isAppError(refusal)) return null;
  const status = STATUS[refusal.code];
  if (status >= 500 || status === STATUS.rate_limited) return null;
  return { status, headers: {}, body: JSON.stringify({ error: toProblem(refusal, requestId) }) };
}

function toResponse({ status, headers, body }: KeptAnswer, more: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/json', ...headers, ...more },
  });
}
