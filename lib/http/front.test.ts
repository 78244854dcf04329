import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureFirstProject } from '@/lib/project/service';
import { CONTEXT_HEADER, openContext, type RequestContext } from './context';
import { createFront } from './front';

/** The real front server before a stand-in for Next that says what reached it. */
let server: Server;
let port: number;
let isStopping = false;
type Seen = { context: RequestContext; headers: Record<string, string> };

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
  const origin = `http://localhost:${port}`;
  await ensureFirstProject(origin);
  const front = createFront({
    serve: async ({ headers }, response) => {
      const context = openContext(String(headers[CONTEXT_HEADER]));
      response.end(JSON.stringify({ context, headers }));
    },
    isDevelopment: false,
    trustedProxies: ['127.0.0.9'],
    consoleOrigin: origin,
    isStopping: () => isStopping,
  });
  server.on('request', (request, response) => void front(request, response));
});

afterAll(() => void server.close());

function get(
  path: string,
  headers: Record<string, string> = {},
  options: { method?: string; localAddress?: string } = {},
) {
  return new Promise<{ status: number; headers: Record<string, string>; body: string; seen: () => Seen }>(
    (resolve, reject) => {
      const outgoing = httpRequest(
        {
          host: '127.0.0.1',
          port,
          path,
          setHost: false,
          headers: { host: `localhost:${port}`, ...headers },
          ...options,
        },
        (incoming) => {
          let body = '';
          incoming.on('data', (chunk) => (body += chunk));
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers as Record<string, string>,
              body,
              seen: () => JSON.parse(body),
            }),
          );
        },
      );
      outgoing.on('error', reject).end();
    },
  );
}

describe('the project comes from the host', () => {
  test('of a known host', async () => {
    const { seen } = await get('/profile');
    expect(seen().context).toMatchObject({
      origin: `http://localhost:${port}`,
      isConsoleHost: true,
      address: '127.0.0.1',
    });
  });

  test.each(['evil.example.com', 'localhost.evil.example.com', 'localhost:1', 'LOCALHOST', '', 'localhost@evil'])(
    '421 for %j',
    async (host) => {
      expect((await get('/profile', { host })).status).toBe(421);
    },
  );

  test('a forwarded host counts from a trusted proxy only', async () => {
    const headers = { host: 'inner:80', 'x-forwarded-host': `localhost:${port}`, 'x-forwarded-for': '203.0.113.5' };
    expect((await get('/profile', headers)).status).toBe(421);
    const { status, seen } = await get('/profile', headers, { localAddress: '127.0.0.9' });
    expect(status).toBe(200);
    expect(seen().context.address).toBe('203.0.113.5');
  });

  test('127.0.0.1 serves programs and sends pages to the name', async () => {
    const host = `127.0.0.1:${port}`;
    expect((await get('/admin/identities', { host })).status).toBe(200);
    const page = await get('/profile?x=1', { host });
    expect([page.status, page.headers.location]).toEqual([307, `http://localhost:${port}/profile?x=1`]);
    expect((await get('/admin/identities', { host: '127.0.0.1:1' })).status).toBe(421);
  });
});

describe('a refusal', () => {
  test('speaks to people in words and their language, to programs in the envelope', async () => {
    const accept = 'text/html,application/xhtml+xml';
    const page = await get('/profile', { host: 'evil', accept, 'accept-language': 'de-AT' });
    expect([page.status, page.headers['content-type']]).toEqual([421, 'text/html; charset=utf-8']);
    expect(page.body).toContain('lang="de"');
    const api = await get('/admin/identities', { host: 'evil', accept });
    expect(JSON.parse(api.body).error.code).toBe(421);
  });
});

test('what the front server sealed for a first request holds for the one that Next makes for it', async () => {
  const first = (await get('/profile', {}, { localAddress: '127.0.0.9' })).seen();
  const inner = await get('/profile', { host: 'elsewhere', [CONTEXT_HEADER]: first.headers[CONTEXT_HEADER] ?? '' });
  expect(inner.seen().context).toMatchObject({ projectId: first.context.projectId, address: first.context.address });
});

test.each(['/profile/%ff', '/%', '/admin/identities/%c3%28'])(
  '400 for a path that cannot be decoded: %s',
  async (path) => {
    expect((await get(path)).status).toBe(400);
  },
);

describe('nothing a client sends passes for ours', () => {
  test('headers of the front server and of Next are replaced or dropped', async () => {
    const { seen } = await get('/', {
      [CONTEXT_HEADER]: 'forged.signature',
      'x-signet-path': '/admin',
      'x-forwarded-proto': 'https',
      'x-middleware-subrequest': 'middleware',
      'x-nonce': 'mine',
      'x-request-id': 'mine',
      'content-security-policy': "script-src 'nonce-mine'",
    });
    const { headers, context } = seen();
    expect(headers['x-middleware-subrequest']).toBeUndefined();
    expect(headers['x-signet-path']).toBe('/');
    expect(headers['x-forwarded-proto']).toBe('http');
    expect(headers['x-request-id']).toBe(context.requestId);
    expect(headers['content-security-policy']).not.toContain('mine');
    expect(headers['content-security-policy']).toContain(`'nonce-${headers['x-nonce']}'`);
  });

  test('a context that this process did not seal is refused', () => {
    expect(() => openContext(null)).toThrow();
    expect(() => openContext(`${Buffer.from('{}').toString('base64url')}.x`)).toThrow();
  });
});

describe('every answer', () => {
  test('has a request id and the security headers', async () => {
    for (const path of ['/', '/health/alive']) {
      const { headers } = await get(path);
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });
});

describe('health', () => {
  test('answers on any host; 405 names the methods', async () => {
    expect((await get('/health/ready', { host: 'anything' })).status).toBe(200);
    const post = await get('/health/alive', {}, { method: 'POST' });
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('is not ready while stopping, and connections end', async () => {
    isStopping = true;
    const { status, headers } = await get('/health/ready');
    isStopping = false;
    expect([status, headers.connection]).toEqual([503, 'close']);
  });
});
