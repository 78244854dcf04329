import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import { createFront } from '@/lib/server/front';
import type { RouteFiles } from '@/lib/server/front/api-router';

export type ApiServer = { origin: string; project: Project; close: () => void };

/** Serves route files over HTTP, by the front server as in production: by public template, and by path. */
export async function startApi(routeFiles: RouteFiles, browserFiles: RouteFiles = {}): Promise<ApiServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const project = await ensureFirstProject(`http://localhost:${(server.address() as AddressInfo).port}`);
  const front = createFront({
    routeFiles,
    browserFiles,
    serve: async (_, response) => void response.writeHead(404).end(),
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
