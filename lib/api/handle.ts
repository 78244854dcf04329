import type { z } from 'zod';
import type { Actor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import { MAX_JSON_BYTES } from '@/lib/platform/json';
import { parseJson } from '@/lib/platform/strict-json';
import type { Scope } from '@/lib/token/model';
import { verifyAccessToken } from '@/lib/token/service';
import { type Answer, withHeaders } from '../http/answer';
import { mediaType, readText } from '../http/body';
import { contextOf, type RequestContext } from '../http/context';
import { problemAnswer, toAppError } from '../http/problem';
import { type ApiRequest, queryOf } from '../http/request';
import { answerDryRun, takeDryRun } from './dry-run';
import { ROUTES, type ScopedRoute } from './routes';
import type { DryRun } from './routes/route';

/**
 * The edge of the admin API. A route declares what it requires; this file checks it, in the order of the contract
 * (8.7): path 404, method 405, bearer 401, scope 403, size 413, content type 400 or 415, body 400; then the service
 * decides. Handlers map a request to an answer and do not depend on Next.
 */
export type Serve = (request: ApiRequest, params: Record<string, string>) => Promise<Answer>;
/** Serves one row of the table of routes. */
export type Handler<Route extends string = string> = Serve & {
  route: Route;
  /** The schemas that parse a request. The OpenAPI document describes them. */
  declared?: Declaration<z.ZodType, z.ZodType>;
};

const JSON_TYPE = 'application/json';

export type Declaration<Body extends z.ZodType, Query extends z.ZodType> = {
  body?: Body;
  query?: Query;
  /** An empty body counts as `{}`, of any content type. */
  mayBeEmpty?: boolean;
  /** Default `MAX_JSON_BYTES`. */
  maxBodyBytes?: number;
  /** Default `application/json`. Another one is 400; for PATCH it is 415 with Accept-Patch (RFC 5789 §2.2). */
  mediaTypes?: readonly string[];
  /** The body is a file of these media types, which `handleUpload` reads. */
  upload?: readonly string[];
};

export type Input<Body, Query> = {
  actor: Actor;
  /** The scopes of the token, for members of the response that need more than the route's own. */
  scopes: ReadonlySet<Scope>;
  context: RequestContext;
  params: Record<string, string>;
  body: Body;
  query: Query;
  /** `If-Match` and `If-None-Match` as sent, or null, for writes. Reads use `isNotModified`. */
  preconditions: { ifMatch: string | null; ifNoneMatch: string | null };
  /** Whether everything that is written is rolled back. */
  isDryRun: boolean;
  request: ApiRequest;
};

/** A route of the admin API other than a POST; those use `handleIdempotent`. */
export function handle<
  Route extends Exclude<ScopedRoute, `POST ${string}`>,
  Body extends z.ZodType = z.ZodNull,
  Query extends z.ZodType = z.ZodNull,
>(
  route: Route,
  declared: Declaration<Body, Query>,
  serve: (input: Input<z.output<Body>, z.output<Query>>) => Promise<Answer>,
): Handler<Route> {
  return edge(route, declared, serve);
}

/** The checks of every route. `text` is the raw body. */
export function edge<
  Route extends ScopedRoute,
  Body extends z.ZodType = z.ZodNull,
  Query extends z.ZodType = z.ZodNull,
>(
  route: Route,
  declared: Declaration<Body, Query>,
  serve: (input: Input<z.output<Body>, z.output<Query>>, text: string) => Promise<Answer>,
): Handler<Route> {
  const { scope, dryRun }: { scope: Scope; dryRun?: DryRun } = ROUTES[route];
  const handler: Serve = async (request, params) => {
    const context = contextOf(request);
    try {
      const { actor, scopes } = await requireBearer(request, context);
      requireScope(scopes, scope);
      const search = request.url.includes('?') ? queryOf(request) : null;
      const isDryRun = search !== null && takeDryRun(search, dryRun);
      const query = parseSearch(declared.query, search);
      const text = declared.body ? await bodyText(declared, request) : '';
      const body = parseBody(declared.body, text);
      const { headers } = request;
      const preconditions = { ifMatch: headers.get('if-match'), ifNoneMatch: headers.get('if-none-match') };
      const input = { actor, scopes, context, params, body, query, preconditions, isDryRun, request };
      // An upload is stored first, and removed again: its handler rolls back what it tries.
      const answer =
        isDryRun && !declared.upload
          ? await answerDryRun(actor.projectId, dryRun, scopes.has('identities:read'), () => serve(input, text))
          : await serve(input, text);
      return withHeaders(answer, { 'cache-control': 'private, no-store', 'x-request-id': context.requestId });
    } catch (error) {
      const refusal = toAppError(error, context.requestId);
      return problemAnswer(refusal, context.requestId, challengeHeaders(refusal, request.method, declared.mediaTypes));
    }
  };
  return Object.assign(handler, { route, declared });
}

/**
 * RFC 6750 §3: without a token the challenge names the realm, with an invalid one the error, with too few scopes the
 * missing one.
 */
async function requireBearer(
  request: ApiRequest,
  context: RequestContext,
): Promise<{ actor: Actor; scopes: ReadonlySet<Scope> }> {
  const token = bearerToken(request);
  if (token === null) throw new BearerRefusal('unauthenticated', 'realm="signet"', 'An access token is required');
  const verified = await verifyAccessToken(context, token);
  if (!verified) {
    throw new BearerRefusal(
      'unauthenticated',
      'realm="signet", error="invalid_token"',
      'The access token is expired, revoked, or not valid here',
    );
  }
  return verified;
}

/** Refuses: `forbidden`, naming the scope (RFC 6750 §3.1). */
export function requireScope(scopes: ReadonlySet<Scope>, scope: Scope): void {
  if (scopes.has(scope)) return;
  throw new BearerRefusal(
    'forbidden',
    `realm="signet", error="insufficient_scope", scope="${scope}"`,
    `The access token lacks the scope ${scope}`,
  );
}

class BearerRefusal extends AppError {
  constructor(
    code: 'unauthenticated' | 'forbidden',
    readonly challenge: string,
    reason: string,
  ) {
    super(code, { reason });
  }
}

/** The scheme is case-insensitive (RFC 9110 §11.1); a token in the query or body is ignored. */
export function bearerToken(request: ApiRequest): string | null {
  const header = request.headers.get('authorization');
  if (header === null) return null;
  const match = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(header.trim());
  // A bearer value that is not a token68 was an attempt to authenticate: it is refused as an invalid token.
  return match?.[1] ?? (/^bearer\b/i.test(header) ? '' : null);
}

export function parseQuery<Query extends z.ZodType>(schema: Query | undefined, request: ApiRequest): z.output<Query> {
  return parseSearch(schema, schema && request.url.includes('?') ? queryOf(request) : null);
}

function parseSearch<Query extends z.ZodType>(
  schema: Query | undefined,
  search: URLSearchParams | null,
): z.output<Query> {
  if (!schema) return null as z.output<Query>;
  const values: Record<string, string[]> = {};
  if (search) for (const name of new Set(search.keys())) values[name] = search.getAll(name);
  return parse(schema, values, 'query');
}

async function bodyText<Body extends z.ZodType, Query extends z.ZodType>(
  { mayBeEmpty = false, maxBodyBytes = MAX_JSON_BYTES, mediaTypes = [JSON_TYPE] }: Declaration<Body, Query>,
  request: ApiRequest,
): Promise<string> {
  const text = await readText(request, maxBodyBytes);
  if (mayBeEmpty && text.trim() === '') return '{}';
  const given = mediaType(request);
  if (!mediaTypes.includes(given)) {
    const reason = `The content type is "${given}"; accepted: ${mediaTypes.join(', ')}`;
    throw new AppError(request.method === 'PATCH' ? 'unsupported_media_type' : 'invalid_input', { reason });
  }
  if (text.trim() === '') throw new AppError('invalid_input', { reason: 'The body is empty' });
  return text;
}

function parseBody<Body extends z.ZodType>(schema: Body | undefined, text: string): z.output<Body> {
  return schema ? parse(schema, parseJson(text), 'body') : (null as z.output<Body>);
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, where: 'body' | 'query'): z.output<Schema> {
  const checked = checkInput(schema, value);
  if (checked.ok) return checked.data;
  const { violations } = checked;
  const [{ pointer, message }] = violations;
  throw new AppError('invalid_input', { reason: `${where}${pointer}: ${message}`, violations });
}

function challengeHeaders(
  error: AppError,
  method: string,
  mediaTypes: readonly string[] = [JSON_TYPE],
): Record<string, string> {
  if (error instanceof BearerRefusal) return { 'www-authenticate': `Bearer ${error.challenge}` };
  if (error.code === 'unsupported_media_type' && method === 'PATCH') return { 'accept-patch': mediaTypes.join(', ') };
  return {};
}
