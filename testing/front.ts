import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTEXT_HEADER, openContext, type RequestContext } from '@/lib/http/context';
import { ensureFirstProject } from '@/lib/project/service';
import { createFront } from '@/lib/server/front';

export type Serve = Parameters<typeof createFront>[0]['serve'];
type Seen = { context: RequestContext; headers: Record<string, string> };
type Answer = { status: number; headers: Record<string, string>; body: string; seen: () => Seen };

/** Stub of Next that reports what it received. */
export const reportRequest: Serve = async ({ headers }, response) => {
  const context = openContext(String(headers[CONTEXT_HEADER]));
  response.end(JSON.stringify({ context, headers }));
};

/** The real front server, listening, before a replaceable stub of Next. */
export async function startFront() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const port = portOf(server);
  const origin = `http://localhost:${port}`;
  await ensureFirstProject(origin);
  const kit = {
    ...{ server, port, origin, serve: reportRequest, isStopping: false, isDevelopment: false },
    get: (
      path: string,
      headers: Record<string, string> = {},
      options: { method?: string; localAddress?: string } = {},
    ) => get(port, path, headers, options),
    reset: () => Object.assign(kit, { serve: reportRequest, isDevelopment: false }),
  };
  const front = createFront({
    serve: (request, response) => kit.serve(request, response),
    get isDevelopment() {
      return kit.isDevelopment;
    },
    trustedProxies: ['127.0.0.9'],
    consoleOrigin: origin,
    isStopping: () => kit.isStopping,
  });
  server.on('request', (request, response) => void front(request, response));
  return kit;
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function get(port: number, path: string, headers: Record<string, string>, options: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const target = {
      host: '127.0.0.1',
      port,
      path,
      setHost: false,
      headers: { host: `localhost:${port}`, ...headers },
    };
    const outgoing = httpRequest({ ...target, ...options }, (incoming) => {
      let body = '';
      incoming.on('data', (chunk) => (body += chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers as Record<string, string>,
          body,
          seen: () => JSON.parse(body),
        }),
      );
    });
    outgoing.on('error', reject).end();
  });
}
