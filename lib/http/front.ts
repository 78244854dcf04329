import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { errorFields, log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import { randomToken } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { findProjectByHost } from '@/lib/project/service';
import { type Origination, TrustedProxies } from './client-address';
import { CONTEXT_HEADER, dropContext, keepContext, type RequestContext } from './context';
import { ALIVE, type Health, readiness } from './health';
import { metricsResponse } from './metrics';
import { oauthErrorResponse } from './oauth-error';
import { statusOf, watchForOutage } from './outage';
import { plainHtml, plainPage } from './plain-page';
import { problemResponse, toAppError } from './problem';
import { routeTemplate } from './route-template';
import { contentSecurityPolicy, securityHeaders } from './security-headers';

/**
 * The thin server in front of Next (contract 8.2). Every request comes through here: it gets its id, the client's address
 * past trusted proxies, its project by host, a nonce for its scripts and its security headers; nothing a client sends can
 * pretend to be any of these. Who may do what is decided behind it, never here.
 */
export type Front = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Options = {
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  isDevelopment: boolean;
  trustedProxies: string[];
  /** SIGNET_ORIGIN */
  consoleOrigin: string;
  /** SIGNET_METRICS_TOKEN */
  metricsToken?: string | undefined;
  isStopping: () => boolean;
};

type Visit = { path: string; requestId: string; nonce: string };

const FOR_PROGRAMS = /^\/(admin|oauth2|schemas|api|metrics|openapi\.json|\.well-known)(\/|$)/;
const FOR_OAUTH_CLIENTS = /^(\/api)?\/oauth2\/(token|introspect|revoke)$/;

/** The listener never rejects: what nobody foresaw, also while refusing, is 500. */
export function createFront(options: Options): Front {
  const proxies = new TrustedProxies(options.trustedProxies);
  return async (request, response) => {
    const requestId = newId();
    try {
      await receive(options, proxies, request, response, requestId);
    } catch (error) {
      log.error('the front server failed', { request_id: requestId, ...errorFields(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    }
  };
}

async function receive(
  options: Options,
  proxies: TrustedProxies,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const started = performance.now();
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const nonce = randomToken(16);
  const { method = '' } = request; // what Next does not know is renamed on the way
  response.once('close', () => noteRequest({ method, path, requestId, started }, response));
  response.setHeader('x-request-id', requestId);
  if (options.isStopping()) response.setHeader('connection', 'close');
  try {
    await admit(options, proxies, request, response, { path, requestId, nonce });
  } catch (error) {
    const refusal = toAppError(error, requestId);
    if (response.headersSent) response.destroy();
    else await refuse(request, response, refusal, { path, requestId, nonce });
  }
}

async function admit(
  options: Options,
  proxies: TrustedProxies,
  request: IncomingMessage,
  response: ServerResponse,
  { path, requestId, nonce }: Visit,
): Promise<void> {
  const policy = contentSecurityPolicy(nonce, options.isDevelopment);
  setHeaders(response, securityHeaders(policy, options.consoleOrigin.startsWith('https:'), path));
  if (!request.url?.startsWith('/'))
    throw new AppError('invalid_input', { reason: 'The request target must be a path' });
  if (!isDecodable(path))
    throw new AppError('invalid_input', { reason: 'The path is not valid percent-encoded UTF-8' });
  if (hasDots(path)) throw new AppError('invalid_input', { reason: 'The path contains . or .. as a segment' });
  const name = path.replace(/^\/api(?=\/health\/)/, '');
  if (name === '/health/alive') return sendHealth(response, request, ALIVE, requestId);
  if (name === '/health/ready') return sendHealth(response, request, await readiness(options.isStopping()), requestId);

  if (/^(\/api)?\/metrics$/.test(path)) {
    return send(response, await metricsResponse(request, options.metricsToken, requestId), request.method);
  }

  const context = await findContext(options, proxies, request, requestId);
  setHeaders(response, securityHeaders(policy, context.origin.startsWith('https:'), path));
  if (context.isOtherHost && !FOR_PROGRAMS.test(path)) {
    // People have one address: passkeys, cookies and links belong to its name, and to no number.
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    response.writeHead(isRead ? 307 : 421, { location: context.origin + request.url }).end();
    return;
  }
  guardMethod(request, path, context);
  // Nobody waits for the answer any more, and nothing would drop what is kept until it ends.
  if (response.destroyed) return;
  const contextId = keepContext(context, { method: request.method ?? '', path });
  response.once('close', () => dropContext(contextId));
  replaceHeaders(request, context, { contextId, nonce, policy, isDevelopment: options.isDevelopment });
  const toHtml = (error: AppError) => plainHtml(error, requestId, request.headers['accept-language'], nonce);
  watchForOutage(response, requestId, FOR_PROGRAMS.test(path) ? null : toHtml);
  await options.serve(request, response);
}

/** What Next would answer with an error of its own. Throws `method_not_allowed`, `forbidden`. */
function guardMethod(request: IncomingMessage, path: string, { origin }: RequestContext): void {
  const method = request.method ?? '';
  if (FOR_PROGRAMS.test(path)) {
    // A method that Next does not know is refused by the route like OPTIONS: 405 with what is allowed there.
    if (!NEXT_METHODS.has(method)) request.method = 'OPTIONS';
    return;
  }
  if (!PAGE_METHODS.has(method)) throw new AppError('method_not_allowed');
  // Forms of pages come from the project's own pages; the action itself compares again, and takes no missing Origin.
  const from = request.headers.origin;
  if (method === 'POST' && from !== undefined && from !== origin) throw new AppError('forbidden');
}

const NEXT_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const PAGE_METHODS = new Set(['GET', 'HEAD', 'POST']);

/** A proxy that allows by prefix must not be walked around. */
function hasDots(path: string): boolean {
  return /(^|\/)\.{1,2}(\/|$)/.test(decodeURIComponent(path));
}

/** Throws `unknown_host`. */
async function findContext(
  options: Options,
  proxies: TrustedProxies,
  request: IncomingMessage,
  requestId: string,
): Promise<RequestContext & { isOtherHost: boolean }> {
  const origination = proxies.read(request.socket.remoteAddress ?? '', request.headers);
  const project = await projectOf(origination, request.socket.localPort);
  if (!project) throw new AppError('unknown_host');
  return {
    requestId,
    address: origination.address,
    projectId: project.id,
    projectName: project.name,
    origin: project.origin,
    isConsoleHost: project.origin === options.consoleOrigin,
    accentColor: project.accentColor,
    logoHash: project.logoHash,
    isOtherHost: toHost(origination) !== new URL(project.origin).host,
  };
}

/** For people in words, for OAuth clients in those of RFC 6749 §5.2, for other programs in the envelope. */
async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: AppError,
  { path, requestId, nonce }: Visit,
): Promise<void> {
  const isPage = !FOR_PROGRAMS.test(path) && /\btext\/html\b/.test(request.headers.accept ?? '');
  const answer = isPage
    ? plainPage(error, requestId, request.headers['accept-language'], nonce)
    : FOR_OAUTH_CLIENTS.test(path)
      ? oauthErrorResponse(error, requestId)
      : problemResponse(error, requestId);
  if (error.code === 'method_not_allowed') answer.headers.set('allow', [...PAGE_METHODS].join(', '));
  await send(response, answer, request.method);
}

/** RFC 3986 §2.1; what is no UTF-8 would end as an error deep inside of Next. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** `127.0.0.1` and `[::1]` on the port served mean the localhost project; any other unknown host belongs to nobody. */
async function projectOf(origination: Origination, localPort: number | undefined): Promise<Project | null> {
  const name = toHost(origination);
  if (name === '') return null;
  const project = await findProjectByHost(name);
  if (project || !isNumericLoopback(name)) return project;
  const port = Number(name.split(':').at(-1)) || 80;
  return port === localPort ? findProjectByHost(name.replace(/^(127\.0\.0\.1|\[::1\])/, 'localhost')) : null;
}

/** As it stands in an origin. */
function toHost({ host }: Origination): string {
  return host.toLowerCase().replace(/:(80|443)$/, '');
}

function isNumericLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

const OURS =
  /^(x-signet-|x-forwarded-|x-middleware-|x-invoke-|x-nextjs-|x-next-|x-matched-path|x-vercel-|forwarded$|x-real-ip$)/;
/** By these Next in development finds the tab that waits for what React tells of an answer, beside the answer itself. */
const OF_DEVELOPMENT = /^x-nextjs-(html-)?request-id$/;

/** Out goes what only this server or Next itself may say; in comes what it says. */
function replaceHeaders(
  request: IncomingMessage,
  context: RequestContext,
  {
    contextId,
    nonce,
    policy,
    isDevelopment,
  }: { contextId: string; nonce: string; policy: string; isDevelopment: boolean },
): void {
  const { headers } = request;
  for (const name of Object.keys(headers)) {
    if (OURS.test(name) && !(isDevelopment && OF_DEVELOPMENT.test(name))) delete headers[name];
  }
  const { host, protocol } = new URL(context.origin);
  headers.host = host;
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
  headers['x-forwarded-for'] = context.address;
  headers['x-request-id'] = context.requestId;
  headers['x-nonce'] = nonce;
  headers['x-signet-path'] = request.url ?? '/';
  headers['content-security-policy'] = policy; // where Next looks for the nonce of its own scripts
  headers[CONTEXT_HEADER] = contextId;
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

async function sendHealth(
  response: ServerResponse,
  request: IncomingMessage,
  { status, body }: Health,
  requestId: string,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return send(
      response,
      problemResponse(new AppError('method_not_allowed'), requestId, { allow: 'GET, HEAD' }),
      request.method,
    );
  }
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  await send(response, new Response(JSON.stringify(body), { status, headers }), request.method);
}

async function send(response: ServerResponse, answer: Response, method: string | undefined): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(method === 'HEAD' ? undefined : await answer.text());
}

type Noted = { method: string; path: string; requestId: string; started: number };

/** What another system calls somebody may be their address. */
const PERSONAL = /(?<=^(\/api)?\/admin\/identities\/by\/external\/).+/;

/** Counted, and one line in the log, without its query: single-use links stand there. */
function noteRequest({ method, path, requestId, started }: Noted, response: ServerResponse): void {
  const status = response.writableFinished ? statusOf(response) : 499;
  const seconds = (performance.now() - started) / 1000;
  const labels = { method: NEXT_METHODS.has(method) ? method : 'other', route: routeTemplate(path), status };
  metrics().requests.observe(labels, seconds);
  if (path.startsWith('/_next/')) return;
  log.info('request', {
    request_id: requestId,
    method,
    path: path.replace(PERSONAL, '…').slice(0, 200),
    status,
    duration_ms: Math.round(seconds * 1000),
  });
}
