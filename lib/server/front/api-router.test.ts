import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Serve } from '@/lib/api/handle';
import { empty, json } from '@/lib/http/answer';
import { readText } from '@/lib/http/body';
import { CONTEXT_HEADER, contextOf } from '@/lib/http/context';
import { problemAnswer, toAppError } from '@/lib/http/problem';
import type { ApiRequest } from '@/lib/http/request';
import { log } from '@/lib/platform/log';
import { processWide } from '@/lib/platform/process-wide';
import { ensureFirstProject } from '@/lib/project/service';
import { createFront } from '../front';
import type { RouteFiles } from './api-router';

/** Handlers that echo their request, and a stub for Next. */
let server: Server;
let port: number;
const cancelled = vi.fn();

const say = (value: unknown) => json(value, { vary: 'Accept' });
const made = (serve: Serve) => ({ handler: serve });
const long = 'words '.repeat(1000);
const routeFiles: RouteFiles = {
  '/schemas': {
    GET: made(async () => say({ long })),
    HEAD: made(async () => say({ long })),
    POST: made(async (request) => {
      try {
        return say({ text: await readText(request, 1000) });
      } catch (error) {
        return problemAnswer(toAppError(error, 'x'), 'x');
      }
    }),
    PUT: made(async () => empty(204)),
    PATCH: made(async () => ({ status: 200, headers: { 'content-type': 'text/csv' }, body: streamOf(3) })),
    DELETE: made(async () => ({ status: 200, headers: {}, body: streamOf(Number.POSITIVE_INFINITY) })),
    OPTIONS: made(async () => Promise.reject(new Error('unforeseen'))),
  },
  '/schemas/{id}': { GET: made(async (request, params) => say({ ...seenBy(request), params })) },
  '/admin/identities/{id}': { GET: made(async (_, { id }) => say({ id })) },
  '/admin/identities/by/external/{externalId}': { GET: made(async (_, params) => say(params)) },
};

const browserFiles: RouteFiles = {
  '/api/auth/session': {
    GET: made(async (request) => {
      const cookies = ['a=1', request.url.endsWith('?ended') ? '__Host-signet_session_1=; Max-Age=0' : 'b=2'];
      return { ...say(request.headers.get('cookie')), cookies };
    }),
  },
};

function seenBy(request: ApiRequest) {
  const header = (name: string) => request.headers.get(name);
  const names = ['authorization', 'X-Test', CONTEXT_HEADER, 'x-nonce', 'x-forwarded-for', 'set-cookie'];
  const { address, origin } = contextOf(request);
  return { url: request.url, address, origin, headers: names.map(header), hasBody: request.body !== null };
}

function streamOf(pieces: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => (at < pieces ? controller.enqueue(Buffer.from(`line ${at++}\n`)) : controller.close()),
    cancel: cancelled,
  });
}

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  const consoleOrigin = `http://localhost:${port}`;
  await ensureFirstProject(consoleOrigin);
  const front = createFront({
    routeFiles,
    browserFiles,
    serve: async ({ url }, response) => void response.end(`Next: ${url}`),
    isDevelopment: false,
    trustedProxies: [],
    consoleOrigin,
    isStopping: () => false,
  });
  server.on('request', (request, response) => void front(request, response));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Sent = { method?: string; headers?: Record<string, string>; body?: string };
type Answer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer };

function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = { host: `localhost:${port}`, ...headers };
    const sending = httpRequest({ host: '127.0.0.1', port, path, method, headers: all }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes: Buffer.concat(chunks) }),
      );
    });
    sending.on('error', reject).end(body);
  });
}
const read = async (path: string, sent: Sent = {}) => JSON.parse((await send(path, sent)).bytes.toString());

describe('the handler of a path', () => {
  test.each([
    ['a%2Fb', 'a/b'],
    ['%25', '%'],
    ['%252F', '%2F'],
    ['a+b%20c', 'a+b c'],
    ['%F0%9F%98%80', '😀'],
    ['%5Bid%5D', '[id]'],
    ['__proto__', '__proto__'],
    ['a;b=c,d', 'a;b=c,d'],
    ['x.rsc', 'x.rsc'],
  ])('receives a parameter decoded once: %s', async (given, value) => {
    expect((await read(`/admin/identities/by/external/${given}`)).externalId).toBe(value);
    expect(await read(`/admin/identities/${given}`)).toEqual({ id: value });
  });

  test('is the same under /api and the internal name', async () => {
    expect(await read('/api/admin/identities/x')).toEqual({ id: 'x' });
    expect((await read('/schemas/x')).url).toBe(`http://localhost:${port}/api/schemas/x`);
  });

  test.each(['/admin', '/admin/nope', '/admin/identities/x/y', '/oauth2', '/api/nope', '/api/auth', '/.well-known/x'])(
    'none: 404 in the envelope for %s',
    async (path) => {
      const { status, bytes } = await send(path);
      expect([status, JSON.parse(bytes.toString()).error.code]).toEqual([404, 404]);
      expect((await send(path, { method: 'HEAD' })).bytes.length).toBe(0);
    },
  );

  test.each(['/api/auth/csrf', '/api/auth/session/x', '/profile', '/', '/api', '/administrators', '/ADMIN/identities'])(
    'is Next’s for %s',
    async (path) => expect((await send(path)).bytes.toString()).toBe(`Next: ${path}`),
  );
});

describe('a path outside the table', () => {
  test('is served for its methods, and by Next for others', async () => {
    const { status, bytes } = await send('/api/auth/session', { headers: { cookie: 'c=3' } });
    expect([status, bytes.toString()]).toEqual([200, '"c=3"']);
    for (const method of ['POST', 'PUT', 'OPTIONS'])
      expect((await send('/api/auth/session', { method })).bytes.toString()).toBe('Next: /api/auth/session');
    expect((await send('/auth/session')).bytes.toString()).toBe('Next: /auth/session');
  });

  test('sets cookies, and clears the browser’s data with that of an ended session', async () => {
    const { headers } = await send('/api/auth/session');
    expect([headers['set-cookie'], headers['clear-site-data']]).toEqual([['a=1', 'b=2'], undefined]);
    expect((await send('/api/auth/session?ended')).headers['clear-site-data']).toBe('"cache", "storage"');
  });
});

describe('a request', () => {
  test('has its context as an object, and no reserved header', async () => {
    const headers = {
      [CONTEXT_HEADER]: 'x',
      'x-nonce': 'x',
      'x-forwarded-for': '192.0.2.9',
      authorization: ' ',
      'x-test': '1',
    };
    expect(await read('/schemas/x?q=%zz', { headers })).toEqual({
      url: `http://localhost:${port}/api/schemas/x?q=%zz`,
      address: '127.0.0.1',
      origin: `http://localhost:${port}`,
      headers: [null, '1', null, null, null, null],
      hasBody: false,
      params: { id: 'x' },
    });
    expect(processWide('contexts', () => new Map()).size).toBe(0);
  });

  test('has its body, with a length or chunked, up to the limit', async () => {
    const chunked = { 'transfer-encoding': 'chunked' };
    for (const headers of [{}, chunked] as Array<Record<string, string>>) {
      const post = (body: string) => send('/schemas', { method: 'POST', headers, body });
      expect(JSON.parse((await post('é'.repeat(500))).bytes.toString())).toEqual({ text: 'é'.repeat(500) });
      expect((await post('')).status).toBe(200);
      expect((await post('x'.repeat(1001))).status).toBe(413);
      expect((await post('x'.repeat(3_000_000))).status).toBe(413);
    }
  });

  test('whose body is refused leaves the connection usable', async () => {
    const head = `Host: localhost:${port}\r\n`;
    const body = 'x'.repeat(300_000);
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const whole = `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
    for (const post of [chunked, whole]) {
      const text = `POST /schemas HTTP/1.1\r\n${post}GET /profile HTTP/1.1\r\n${head}Connection: close\r\n\r\n`;
      expect(await exchange(text)).toMatch(/^HTTP\/1.1 413 [\s\S]*HTTP\/1.1 200 OK[\s\S]*Next: \/profile$/);
    }
  });

  test('whose client disconnects within its body ends without an error in the log', async () => {
    const error = vi.spyOn(log, 'error').mockReturnValue();
    const info = vi.spyOn(log, 'info').mockReturnValue();
    const socket = connect(port, '127.0.0.1');
    const lines = ['POST /schemas HTTP/1.1', `Host: localhost:${port}`, 'Content-Length: 9', '', 'half'];
    socket.write(lines.join('\r\n'), () => socket.destroy());
    await vi.waitFor(() => expect(info.mock.calls.map(([, fields]) => fields?.path)).toEqual(['/schemas']));
    expect(error).not.toHaveBeenCalled();
  });

  test('of an unknown method gets the handler of OPTIONS; one whose handler fails gets 500 in the envelope', async () => {
    vi.spyOn(log, 'error').mockReturnValue();
    const { status, bytes } = await send('/schemas', { method: 'QUERY' });
    expect([status, JSON.parse(bytes.toString()).error.code]).toEqual([500, 500]);
    expect((await send('/schemas/x', { method: 'POST' })).status).toBe(405);
  });
});

describe('an answer', () => {
  test('has Content-Length, and is not compressed', async () => {
    const { headers, bytes } = await send('/schemas', { headers: { 'accept-encoding': 'gzip' } });
    expect(JSON.parse(bytes.toString())).toEqual({ long });
    const { vary, 'content-encoding': coding, 'content-length': length } = headers;
    expect([vary, coding, length]).toEqual(['Accept', undefined, String(bytes.length)]);
  });

  test('to HEAD has only headers; 204 has no Content-Length', async () => {
    const head = await send('/schemas', { method: 'HEAD' });
    expect([head.status, head.bytes.length, head.headers['content-type']]).toEqual([200, 0, 'application/json']);
    const empty = await send('/schemas', { method: 'PUT' });
    expect([empty.status, empty.headers['content-length'], empty.headers.vary]).toEqual([204, undefined, undefined]);
  });

  test('has the request ID and the security headers', async () => {
    const { headers } = await send('/schemas');
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('of several chunks is streamed', async () => {
    const lines = 'line 0\nline 1\nline 2\n';
    const plain = await send('/schemas', { method: 'PATCH' });
    expect([plain.bytes.toString(), plain.headers['transfer-encoding']]).toEqual([lines, 'chunked']);
  });

  test('that streams ends when its client disconnects, without an error in the log', async () => {
    const error = vi.spyOn(log, 'error').mockReturnValue();
    const headers = { host: `localhost:${port}` };
    const sending = httpRequest(
      { host: '127.0.0.1', port, path: '/schemas', method: 'DELETE', headers },
      (incoming) => {
        incoming.once('data', () => incoming.destroy());
      },
    );
    sending.on('error', () => {}).end();
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce());
    expect(error).not.toHaveBeenCalled();
  });
});

/** What a connection receives in response to `text` until it closes. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (received += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
}
