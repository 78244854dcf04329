import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { findFreePort, listen } from './listen';

const HOSTS = ['127.0.0.1', '::1'];
let servers: Server[] = [];

const make = () => createServer((_, response) => response.end('served'));
const portsOf = () => servers.map((server) => (server.address() as AddressInfo).port);
const get = (host: string, port: number) =>
  new Promise((resolve, reject) => {
    request({ host, port, agent: false }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });

afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

test('one port on every address, also a free one', async () => {
  const port = await findFreePort(HOSTS);
  servers = await listen(make, { port, hosts: HOSTS });
  expect(portsOf()).toEqual([port, port]);
  for (const host of HOSTS) expect(await get(host, port)).toBe(200);

  for (const server of servers) server.close();
  servers = await listen(make, { port: 0, hosts: HOSTS });
  expect(new Set(portsOf()).size).toBe(1);
});

test('without addresses on all interfaces', async () => {
  servers = await listen(make, { port: 0, hosts: [] });
  for (const host of HOSTS) expect(await get(host, portsOf()[0] ?? 0)).toBe(200);
});

test.each(HOSTS)('a port that is taken on %s alone: nothing listens', async (host) => {
  servers = await listen(make, { port: 0, hosts: [host] });
  const [port = 0] = portsOf();
  await expect(listen(make, { port, hosts: HOSTS })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const other = HOSTS.find((each) => each !== host) ?? '';
  await expect(get(other, port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('an IPv6 address that this machine has not is left out, unless it is the only one', async () => {
  servers = await listen(make, { port: 0, hosts: ['127.0.0.1', '2001:db8::1'] });
  expect(servers).toHaveLength(1);
  await expect(listen(make, { port: 0, hosts: ['2001:db8::1'] })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
});
