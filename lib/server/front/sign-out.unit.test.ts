import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { clearOnSignOut } from './sign-out';

async function headerOf(serve: RequestListener): Promise<string | null> {
  const server = createServer((request, response) => {
    clearOnSignOut(response);
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}`).finally(() => server.close());
  return answer.headers.get('clear-site-data');
}

test.each([
  ['signet_session_1a2b3c4d=; Path=/; Max-Age=0', '"cache", "storage"'],
  ['__Host-signet_session_1a2b3c4d=; Path=/; Max-Age=0; Secure', '"cache", "storage"'],
  ['signet_session_1a2b3c4d=eyJ; Path=/', null],
  ['signet_csrf_1a2b3c4d=; Path=/; Max-Age=0', null],
  ['other=signet_session_1a2b3c4d=; Path=/', null],
])('%s: %s', async (cookie, expected) => {
  const header = await headerOf((_, response) => response.setHeader('set-cookie', ['a=b', cookie]).end('x'));
  expect(header).toBe(expected);
  expect(await headerOf((_, response) => response.setHeader('set-cookie', cookie).writeHead(303).end())).toBe(expected);
});

test('a response without cookies clears nothing', async () => {
  expect(await headerOf((_, response) => response.end())).toBeNull();
});
