import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { refuseOwnRequests } from './own-requests';

test('Next’s own requests are answered without a connection, and other uses of fetch fail', async () => {
  let connections = 0;
  const elsewhere = createServer().on('connection', () => connections++);
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/profile`;
  const { fetch: before } = globalThis;
  refuseOwnRequests();
  try {
    const internal = { next: { internal: 1 } } as RequestInit;
    const page = await fetch(new URL(url), { method: 'GET', headers: { cookie: 'a=b' }, ...internal });
    expect([page.headers.get('content-type'), await page.text()]).toEqual(['text/x-component', '0:{"t":null}\n']);
    const action = await fetch(url, { method: 'POST', body: 'x', ...internal });
    expect([action.status, action.headers.get('x-nextjs-action-not-found')]).toEqual([409, '1']);
    for (const init of [undefined, { method: 'POST' }]) await expect(fetch(url, init)).rejects.toThrow('by fetch');
  } finally {
    globalThis.fetch = before;
    elsewhere.close();
  }
  expect(connections).toBe(0);
});
