import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { migrate } from '@/lib/platform/db/migrate';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { ensureFirstProject, findProjectByHost } from '@/lib/project/service';
import { createFront } from '@/lib/server/front';

/**
 * The front server alone, with a handler that writes an identity on each request. With `--without-turns` requests start
 * as they arrive. Prints its port.
 */
const IMMEDIATELY = {
  enqueue: (start: () => void) => {
    start();
    return true;
  },
};

await migrate(env().databaseUrl);
const server = createServer({ keepAliveTimeout: 60_000 });
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const origin = `http://localhost:${port}`;
await ensureFirstProject(origin);
const project = await findProjectByHost(new URL(origin).host);
if (!project) throw new Error('there is no project');
const actor = systemActor(project.id);
const front = createFront({
  serve: async (_, response) => {
    await createIdentity(actor, { traits: { email: `${newId()}@example.com` } });
    response.writeHead(204).end();
  },
  isDevelopment: false,
  trustedProxies: [],
  consoleOrigin: origin,
  isStopping: () => false,
  ...(process.argv.includes('--without-turns') && { turns: IMMEDIATELY }),
});
server.on('request', (request, response) => void front(request, response));
console.log(port);
