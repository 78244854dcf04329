import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { createFront } from '@/lib/server/front';
import { toInnerPath } from '@/lib/server/front/names';
import type { Handlers } from './admin-api';

export type ApiServer = { origin: string; project: Project; close: () => void };

/**
 * Serves routes over HTTP for third-party clients, behind the real front server. `resources` maps public paths to route
 * files, which are matched as Next matches them.
 */
export async function startApi(resources: Record<string, Handlers>): Promise<ApiServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const project = await ensureFirstProject(`http://localhost:${(server.address() as AddressInfo).port}`);
  const front = createFront({
    serve: (incoming, outgoing) => serve(resources, project.origin, incoming, outgoing),
    isDevelopment: false,
    trustedProxies: [],
    consoleOrigin: project.origin,
    isStopping: () => false,
  });
  server.on('request', (request, response) => void front(request, response));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: project.origin, project, close };
}

async function serve(
  resources: Record<string, Handlers>,
  origin: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const url = new URL(incoming.url ?? '/', origin);
  const method = incoming.method ?? 'GET';
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const hasBody = !['GET', 'HEAD'].includes(method);
  const body = hasBody ? (Readable.toWeb(incoming) as ReadableStream) : null;
  const request = new Request(url, { method, headers, body, duplex: 'half' } as RequestInit);
  for (const [path, handlers] of Object.entries(resources)) {
    const params = paramsOf(toInnerPath(path), url.pathname);
    if (!params) continue;
    const response = await handlers[method]?.(request, { params: Promise.resolve(params) });
    outgoing.writeHead(response?.status ?? 404, Object.fromEntries(response?.headers ?? []));
    outgoing.end(response && Buffer.from(await response.arrayBuffer()));
    return;
  }
  outgoing.writeHead(404).end();
}

/** The parameter values, or null when the path does not match. */
function paramsOf(path: string, given: string): Record<string, string> | null {
  const [names, values] = [path.split('/'), given.split('/')];
  if (names.length !== values.length) return null;
  const params: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const value = decodeURIComponent(values[at] ?? '');
    if (name.startsWith('{')) params[name.slice(1, -1)] = value;
    else if (name !== value) return null;
  }
  return params;
}
