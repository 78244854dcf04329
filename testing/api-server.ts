import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { createFront } from '@/lib/server/front';
import { toInnerPath } from '@/lib/server/front/names';
import type { Handlers } from './admin-api';

/** The real front server before handlers, by their public paths, as Next would find them. */
export async function startApi(routes: Record<string, Handlers>): Promise<{ project: Project; stop: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const project = await ensureFirstProject(`http://localhost:${(server.address() as AddressInfo).port}`);
  const patterns = Object.entries(routes).map(([path, handlers]) => ({
    handlers,
    pattern: new RegExp(
      `^${toInnerPath(path)
        .replaceAll('.', '\\.')
        .replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
    ),
  }));

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', project.origin);
    const found = patterns.find(({ pattern }) => pattern.test(url.pathname));
    const method = incoming.method ?? 'GET';
    const handler = found?.handlers[method];
    if (!found || !handler) throw new Error(`no handler for ${method} ${url.pathname}`);
    const params = { ...found.pattern.exec(url.pathname)?.groups };
    const response = await handler(toRequest(incoming, url, method), { params: Promise.resolve(params) });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  }

  const front = createFront({
    serve,
    isDevelopment: false,
    trustedProxies: [],
    consoleOrigin: project.origin,
    isStopping: () => false,
  });
  server.on('request', (request, response) => void front(request, response));
  return {
    project,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function toRequest(incoming: IncomingMessage, url: URL, method: string): Request {
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as ReadableStream);
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit);
}
