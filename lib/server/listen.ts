import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';

/** Where to listen: one port on each of these addresses; none means all interfaces. */
export type Listening = { port: number; hosts: readonly string[] };

const MAX_PORT_TRIES = 20;

/**
 * Listens with a server from `make` on each address, all on one port, also for port 0. Skips an IPv6 address after the
 * first one on a machine without IPv6. Rejects with the system's error; then nothing listens.
 */
export async function listen(make: () => Server, { port, hosts }: Listening): Promise<Server[]> {
  const [first, ...others] = hosts;
  for (let tries = 1; ; tries++) {
    const servers = [await listenOn(make(), port, first)];
    try {
      for (const host of others) {
        const server = await listenOn(make(), portOf(servers), host).catch((error) => {
          if (isIPv6(host) && isWithoutFamily(error)) return null;
          throw error;
        });
        if (server) servers.push(server);
      }
      return servers;
    } catch (error) {
      await Promise.all(servers.map(close));
      // The port that the system chose for one address may be in use on another.
      if (port !== 0 || codeOf(error) !== 'EADDRINUSE' || tries === MAX_PORT_TRIES) throw error;
    }
  }
}

/** A port that is free on every address. */
export async function findFreePort(hosts: readonly string[]): Promise<number> {
  const probes = await listen(createServer, { port: 0, hosts });
  const port = portOf(probes);
  await Promise.all(probes.map(close));
  return port;
}

function listenOn(server: Server, port: number, host: string | undefined): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.off('error', reject)));
  });
}

function portOf([server]: Server[]): number {
  const address = server?.address();
  if (!isAddressInfo(address)) throw new Error('the server has no port');
  return address.port;
}

function isAddressInfo(address: AddressInfo | string | null | undefined): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function isWithoutFamily(error: unknown): boolean {
  return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
