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

test('listens with one port on every address, also with port 0', async () => {
  const port = await findFreePort(HOSTS);
  servers = await listen(make, { port, hosts: HOSTS });
  expect(portsOf()).toEqual([port, port]);
  for (const host of HOSTS) expect(await get(host, port)).toBe(200);

  for (const server of servers) server.close();
  servers = await listen(make, { port: 0, hosts: HOSTS });
  expect(new Set(portsOf()).size).toBe(1);
});

test('listens on all interfaces without addresses', async () => {
  servers = await listen(make, { port: 0, hosts: [] });
  for (const host of HOSTS) expect(await get(host, portsOf()[0] ?? 0)).toBe(200);
});

test.each(HOSTS)('fails when the port is in use on %s, and listens nowhere', async (host) => {
  servers = await listen(make, { port: 0, hosts: [host] });
  const [port = 0] = portsOf();
  await expect(listen(make, { port, hosts: HOSTS })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const other = HOSTS.find((each) => each !== host) ?? '';
  await expect(get(other, port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('skips an IPv6 address that the machine lacks, unless it is the only one', async () => {
  servers = await listen(make, { port: 0, hosts: ['127.0.0.1', '2001:db8::1'] });
  expect(servers).toHaveLength(1);
  await expect(listen(make, { port: 0, hosts: ['2001:db8::1'] })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
});
