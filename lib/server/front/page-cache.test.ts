import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureFirstProject } from '@/lib/project/service';
import { createFront } from '../front';

/** The real front server before a stub of Next that counts its calls. */
let server: Server;
let port: number;
let made: string[] = [];
let status = 200;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
  const origin = `http://localhost:${port}`;
  await ensureFirstProject(origin);
  const front = createFront({
    serve: async ({ method, url, headers }, response) => {
      made.push(`${method} ${url}`);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.writeHead(status);
      response.write(
        `<link rel="preload" as="script" href="/x.js" nonce="n"/><link href="/x.css" nonce="n"/>${headers.cookie}`,
      );
      await new Promise((resolve) => setImmediate(resolve));
      response.end(
        `<button type="button" disabled=""><svg/></button><script nonce="n">self.x = "</p>"</script><p>${headers['accept-language']} ${'word '.repeat(500)}</p>`,
      );
    },
    isDevelopment: false,
    trustedProxies: [],
    consoleOrigin: origin,
    isStopping: () => false,
  });
  server.on('request', (request, response) => void front(request, response));
});
beforeEach(() => {
  made = [];
  status = 200;
});
afterAll(() => void server.close());

type Answer = { status: number; headers: Record<string, string | undefined>; body: Buffer };

function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<Answer>((resolve, reject) => {
    const all = { host: `localhost:${port}`, ...headers };
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, method, headers: all, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers as never, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject).end();
  });
}

test('does not cache failures', async () => {
  status = 500;
  const light = { cookie: 'signet_theme=light' };
  expect((await ask('/docs', light)).status).toBe(500);
  status = 200;
  expect((await ask('/docs', light)).status).toBe(200);
  expect(made).toHaveLength(2);
});

test('renders once for concurrent requests, and once per language and theme', async () => {
  const german = { 'accept-language': 'de' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask('/docs?x=1', german)));
  expect(new Set(answers.map(({ body }) => body.toString())).size).toBe(1);
  expect(made).toHaveLength(1);
  await ask('/docs', { ...german, cookie: 'other=1; signet_theme=dark' });
  await ask('/docs', { ...german, cookie: 'signet_locale=en' });
  await ask('/docs', { ...german, cookie: 'signet_theme=other' });
  expect(made).toHaveLength(3);
});

test('contains no scripts and no nonce, and its policy allows none', async () => {
  const { headers, body } = await ask('/docs');
  expect(body.toString()).not.toMatch(/script|nonce|button/);
  expect(body.toString()).toContain('<link href="/x.css"/>');
  expect(headers['content-security-policy']).toContain("script-src 'none'; style-src 'self';");
  expect(headers.vary).toBe('Accept-Encoding, Accept-Language, Cookie');
});

test('is compressed once, each encoding with its own ETag', async () => {
  const forms = {
    '': (body: Buffer) => body,
    gzip: gunzipSync,
    'br, gzip': brotliDecompressSync,
    'br;q=0, gzip;q=0.5': gunzipSync,
  };
  const etags = new Set();
  const texts = new Set();
  for (const [accepted, open] of Object.entries(forms)) {
    const { headers, body } = await ask('/docs', { 'accept-encoding': accepted });
    etags.add(headers.etag);
    texts.add(open(body).toString());
    expect(headers['content-length']).toBe(String(body.length));
    const again = await ask('/docs', { 'accept-encoding': accepted, 'if-none-match': `"x", ${headers.etag}` });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    const head = await ask('/docs', { 'accept-encoding': accepted }, 'HEAD');
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(body.length)]);
  }
  expect([etags.size, texts.size]).toEqual([3, 1]);
});

test('runs its forms through a cheaper page, and serves no parts', async () => {
  await ask('/docs', { 'content-type': 'multipart/form-data; boundary=xx' }, 'POST');
  expect(made).toEqual(['POST /login']);
  const { body, headers } = await ask('/docs', { rsc: '1' });
  expect([headers['content-type'], body.length, made.length]).toEqual(['text/plain', 0, 1]);
});
