import type { IncomingMessage } from 'node:http';
import { CONTEXT_HEADER, type RequestContext } from '@/lib/http/context';
import { AppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import { hostOf } from '@/lib/project/model/origin';
import { findProjectByHost } from '@/lib/project/service';
import type { Origination, TrustedProxies } from '../client-address';

/** The project and client of a request. Refuses: `unknown_host`. */
export async function findContext(
  { proxies, consoleOrigin }: { proxies: TrustedProxies; consoleOrigin: string },
  request: IncomingMessage,
  { host, requestId }: { host: string; requestId: string },
): Promise<RequestContext & { isOtherHost: boolean }> {
  const origination = proxies.read(request.socket.remoteAddress ?? '', request.headers, host);
  const project = await projectOf(origination, request.socket.localPort);
  if (!project) throw new AppError('unknown_host');
  return {
    requestId,
    address: origination.address,
    userAgent: request.headers['user-agent'] ?? '',
    project,
    projectId: project.id,
    projectName: project.name,
    origin: project.origin,
    isConsoleHost: project.origin === consoleOrigin,
    accentColor: project.accentColor,
    logoHash: project.logoHash,
    isOtherHost: toHost(origination) !== hostOf(project.origin),
  };
}

/** `127.0.0.1` and `[::1]` on the served port mean the localhost project; any other unknown host has no project. */
async function projectOf(origination: Origination, localPort: number | undefined): Promise<Project | null> {
  const name = toHost(origination);
  if (name === '') return null;
  const project = await findProjectByHost(name);
  if (project || !isNumericLoopback(name)) return project;
  const port = Number(name.split(':').at(-1)) || 80;
  return port === localPort ? findProjectByHost(name.replace(/^(127\.0\.0\.1|\[::1\])/, 'localhost')) : null;
}

/** The host as an origin spells it. */
function toHost({ host }: Origination): string {
  return host.toLowerCase().replace(/:(80|443)$/, '');
}

function isNumericLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

const RESERVED_HEADERS =
  /^(x-signet-|x-forwarded-|x-middleware-|x-invoke-|x-nextjs-|x-next-|x-matched-path|x-vercel-|x-action-forwarded$|forwarded$|x-real-ip$|x-nonce$|x-request-id$|content-security-policy$)/;
/** In development, Next uses these to find the tab that receives React's debug data for a response. */
const DEVELOPMENT_HEADERS = /^x-nextjs-(html-)?request-id$/;

/** Whether only this server and Next may set the header; a client's value never reaches handlers. */
export function isReservedHeader(name: string): boolean {
  return RESERVED_HEADERS.test(name);
}

/** Drops the headers that only this server and Next may set, and empty credentials (RFC 9110 §11.4). */
export function dropReservedHeaders({ headers }: IncomingMessage, isDevelopment: boolean): void {
  for (const name of Object.keys(headers)) {
    if (isReservedHeader(name) && !(isDevelopment && DEVELOPMENT_HEADERS.test(name))) delete headers[name];
  }
  if (headers.authorization?.trim() === '') delete headers.authorization;
}

type InnerHeaders = { contextId: string; url: string; nonce: string; policy: string };

/** Sets the headers that Next passes on to pages, actions and handlers. */
export function setInnerHeaders(
  { headers }: IncomingMessage,
  context: RequestContext,
  { contextId, url, nonce, policy }: InnerHeaders,
): void {
  const { host, protocol } = new URL(context.origin);
  headers.host = host;
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
  headers['x-forwarded-for'] = context.address;
  headers['x-request-id'] = context.requestId;
  headers['x-nonce'] = nonce;
  headers['x-signet-path'] = url;
  headers['content-security-policy'] = policy; // where Next reads the nonce for its own scripts
  headers[CONTEXT_HEADER] = contextId;
}
