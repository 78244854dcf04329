import type { IncomingMessage, ServerResponse } from 'node:http';
import { oauthErrorAnswer } from '@/lib/api/oauth2/error';
import { AppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { type Answer, empty } from '../http/answer';
import { CONTEXT_HEADER, dropContext, keepContext, type RequestContext } from '../http/context';
import { watchForOutage } from '../http/outage';
import { plainHtml, plainPage } from '../http/plain-page';
import { problemAnswer, toAppError } from '../http/problem';
import { TrustedProxies } from './client-address';
import { type ApiRouter, createApiRouter, type RouteFiles } from './front/api-router';
import { dropReservedHeaders, findContext, setInnerHeaders } from './front/context';
import { Exchange } from './front/exchange';
import { isDisguised, isForOAuthClients, plainPath, toInnerPath } from './front/names';
import { PageCache } from './front/page-cache';
import { checkPageRequest } from './front/page-request';
import { logRequest } from './front/request-log';
import { sendAnswer } from './front/send-answer';
import { clearOnSignOut } from './front/sign-out';
import type { StaticFiles } from './front/static-files';
import { readTarget } from './front/target';
import { Turns } from './front/turns';
import { isHealth, operationAt } from './operations';

/**
 * The thin server in front of Next (contract 8.2). It gives every request its ID, the client's address past trusted
 * proxies, its project by host, a nonce for scripts and the security headers. No client header can forge any of these.
 * Authorization happens behind it, never here.
 */
export type Front = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Options = {
  /** The route files by public template. Default: none, and Next serves programs too. */
  routeFiles?: RouteFiles | undefined;
  /** The same by internal path, for routes outside the table. */
  browserFiles?: RouteFiles | undefined;
  /** Next's scripts and styles as the build compressed them. Default: none, and Next serves them. */
  staticFiles?: StaticFiles | undefined;
  /** Next. */
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  isDevelopment: boolean;
  trustedProxies: string[];
  /** SIGNET_ORIGIN */
  consoleOrigin: string;
  /** SIGNET_METRICS_TOKEN */
  metricsToken?: string | undefined;
  isStopping: () => boolean;
  /** Schedules the start of requests. Default: a `Turns` with a bounded queue. */
  turns?: Pick<Turns, 'enqueue'>;
};

type Settings = { options: Options; proxies: TrustedProxies; pageCache: PageCache; apiRouter: ApiRouter };

/** The listener never rejects: an unexpected error, even while refusing, is 500. */
export function createFront(options: Options): Front {
  const settings = {
    options,
    proxies: new TrustedProxies(options.trustedProxies),
    pageCache: new PageCache(),
    apiRouter: options.routeFiles ? createApiRouter(options.routeFiles, options.browserFiles) : () => null,
  };
  const isHttps = options.consoleOrigin.startsWith('https:');
  const turns = options.turns ?? new Turns();
  return async (request, response) => {
    const sent = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const exchange = new Exchange(sent, { isHttps, isDevelopment: options.isDevelopment });
    try {
      closeWhenStopping(options.isStopping, response);
      logRequest(response, request.method ?? '', exchange);
      const isInTurn = isHealth(exchange.path) || (await takeTurn(turns));
      // The client disconnected while waiting.
      if (response.destroyed) return;
      await receive(settings, request, response, exchange, isInTurn);
    } catch (error) {
      log.error('front server failed', { request_id: exchange.requestId, ...errorFields(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500, exchange.headers).end();
    }
  };
}

/** Resolves to false immediately when the queue is full. */
function takeTurn(turns: Pick<Turns, 'enqueue'>): Promise<boolean> {
  return new Promise((resolve) => {
    if (!turns.enqueue(() => resolve(true))) resolve(false);
  });
}

/** Checked when the head is written: a request that began before the signal also ends its connection. */
function closeWhenStopping(isStopping: () => boolean, response: ServerResponse): void {
  const { writeHead } = response;
  response.writeHead = (...given: unknown[]) => {
    if (isStopping()) response.shouldKeepAlive = false;
    return Reflect.apply(writeHead, response, given);
  };
}

async function receive(
  settings: Settings,
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
  isInTurn: boolean,
): Promise<void> {
  try {
    if (!isInTurn) throw new AppError('overloaded', { retryAfterSeconds: 1 });
    await admit(settings, request, response, exchange);
  } catch (error) {
    const refusal = toAppError(error, exchange.requestId);
    if (response.headersSent) response.destroy();
    else await refuse(request, response, refusal, exchange);
  }
}

async function admit(
  { options, proxies, pageCache, apiRouter }: Settings,
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
): Promise<void> {
  const { requestId } = exchange;
  const send = (answer: Answer) => sendAnswer(request, response, answer, exchange.headers);
  if (isUnknownCoding(request)) return send(empty(501));
  if (request.method === 'OPTIONS' && request.url === '*') return send(empty(204)); // RFC 9110 §9.3.7
  const { url, path, host } = readTarget(request);
  exchange.path = path;
  const operation = operationAt(path);
  if (operation) {
    const { metricsToken, isStopping } = options;
    return send(await operation({ request, requestId, metricsToken, isStopping: isStopping() }));
  }

  const context = await findContext({ proxies, consoleOrigin: options.consoleOrigin }, request, { host, requestId });
  exchange.isHttps = context.origin.startsWith('https:');
  if (isDisguised(path, exchange.route)) throw new AppError('not_found');
  const query = url.slice(path.length);
  const plain = plainPath(path);
  if (plain !== null) return send(empty(308, { location: plain + query }));
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (context.isOtherHost && (exchange.isForPeople ? isRead : !exchange.isForPrograms)) {
    // Pages have one origin: passkeys, cookies and links are bound to its host name, never to an IP address.
    const status = exchange.isForPeople ? 303 : isRead ? 307 : 421;
    return send(empty(status, { location: context.origin + url }));
  }
  guardMethod(request, exchange, context);
  // The client disconnected; its context would never be dropped.
  if (response.destroyed) return;
  // The forms of the reference choose language or theme. Any page that has the action can run it; a small one costs
  // less.
  const innerPath = path === '/docs' && request.method === 'POST' ? '/login' : toInnerPath(path);
  request.url = innerPath + query;
  const serveHere = apiRouter(request.method ?? '', innerPath, exchange.route);
  if (serveHere) return serveHere(request, response, context, exchange.headers);

  for (const [name, value] of Object.entries(exchange.headers)) response.setHeader(name, value);
  if (await options.staticFiles?.(request, response, path)) return;
  dropReservedHeaders(request, options.isDevelopment);
  const isCacheable = pageCache.has(request, path) && !options.isDevelopment;
  const target = { method: isCacheable ? 'GET' : (request.method ?? ''), path: innerPath };
  prepareForNext(request, response, exchange, { url, context, target });
  const serve = () => options.serve(request, response);
  if (isCacheable) await pageCache.serve(request, response, { context, policy: exchange.policy }, serve);
  else await serve();
}

/** Next passes on headers only, so the context is kept under an ID until the response ends. */
function prepareForNext(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
  { url, context, target }: { url: string; context: RequestContext; target: { method: string; path: string } },
): void {
  const { requestId, nonce, policy } = exchange;
  const contextId = keepContext(context, target);
  response.once('close', () => dropContext(contextId));
  setInnerHeaders(request, context, { contextId, url, nonce, policy });
  // Next would send what a handler compressed without `Content-Encoding`.
  if (exchange.isForPrograms) delete request.headers['accept-encoding'];
  const toHtml = (error: AppError) => plainHtml(error, requestId, request.headers['accept-language'], nonce);
  clearOnSignOut(response);
  watchForOutage(response, requestId, exchange.isForPrograms ? null : toHtml);
}

/** Node decodes `chunked` only (RFC 9112 §6.1). */
function isUnknownCoding({ headers }: IncomingMessage): boolean {
  const coding = headers['transfer-encoding'];
  return coding !== undefined && coding.trim().toLowerCase() !== 'chunked';
}

/** Refuses what Next would answer with an error of its own. Throws `method_not_allowed`, `forbidden`. */
function guardMethod(request: IncomingMessage, exchange: Exchange, { origin }: RequestContext): void {
  const method = request.method ?? '';
  if (exchange.isForPrograms) {
    // A request of this server itself would follow the answer to the application.
    if (exchange.isForPeople && request.headers[CONTEXT_HEADER] !== undefined) throw new AppError('invalid_input');
    // The route refuses a method that Next does not know as it does OPTIONS: 405 with `Allow`.
    if (!NEXT_METHODS.has(method)) request.method = 'OPTIONS';
    return;
  }
  if (!PAGE_METHODS.has(method)) throw new AppError('method_not_allowed');
  checkPageRequest(request, exchange.path);
  // Forms are posted from the project's own pages. The action checks again, and also refuses a missing Origin.
  const from = request.headers.origin;
  if (method === 'POST' && from !== undefined && from !== origin) throw new AppError('forbidden');
}

const NEXT_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const PAGE_METHODS = new Set(['GET', 'HEAD', 'POST']);

/** A page for people, the errors of RFC 6749 §5.2 for OAuth clients, the envelope for other programs. */
async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: AppError,
  exchange: Exchange,
): Promise<void> {
  const { path, requestId } = exchange;
  const isPage =
    exchange.isForPeople || (!exchange.isForPrograms && /\btext\/html\b/.test(request.headers.accept ?? ''));
  const answer = isPage
    ? plainPage(error, requestId, request.headers['accept-language'], exchange.nonce)
    : isForOAuthClients(path)
      ? oauthErrorAnswer(error, requestId)
      : problemAnswer(error, requestId);
  if (error.code === 'method_not_allowed') answer.headers.allow = [...PAGE_METHODS].join(', ');
  // Next may have failed: `watchForOutage` replaces what has no type.
  response.setHeader('content-type', answer.headers['content-type'] ?? '');
  await sendAnswer(request, response, answer, exchange.headers);
}
