import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { log } from '@/lib/platform/log';
import { ensureFirstProject } from '@/lib/project/service';
import { createFront } from '../front';

/** Raw requests, because client libraries send none of these. The response reports what reached Next. */
let server: Server;
let port: number;
let isStopping = false;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  const origin = `http://localhost:${port}`;
  await ensureFirstProject(origin);
  const front = createFront({
    serve: async ({ url, headers }, response) => {
      const { host, authorization } = headers;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ url, host, authorization }));
    },
    isDevelopment: false,
    trustedProxies: [],
    consoleOrigin: origin,
    isStopping: () => isStopping,
  });
  server.on('request', (request, response) => void front(request, response));
});
afterEach(() => {
  isStopping = false;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Answer = { status: number; head: string; reached: { url?: string; host?: string; authorization?: string } | null };

function send(text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.on('data', (chunk) => {
      received += chunk;
      const [head = '', body = ''] = received.split('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(head)?.[1] ?? (/ (204|30\d) /.test(head) ? '0' : undefined);
      const isWhole = /transfer-encoding/i.test(head) ? received.endsWith('0\r\n\r\n') : body.length >= Number(length);
      if (isWhole) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = received.split('\r\n\r\n');
      const json = /\{.*\}/.exec(body)?.[0];
      const reached = json && / 200 /.test(head) ? JSON.parse(json) : null;
      resolve({ status: Number(head.split(' ')[1]), head, reached });
    });
  });
}

const HOST = () => `Host: localhost:${port}\r\n`;
const get = (target: string, headers = HOST()) => send(`GET ${target} HTTP/1.1\r\n${headers}\r\n`);

describe('the request target (RFC 9112 §3.2)', () => {
  test('in absolute form determines the host, regardless of Host', async () => {
    for (const scheme of ['http', 'HTTP', 'https']) {
      const answer = await get(`${scheme}://localhost:${port}/admin/identities?q=1`, 'Host: elsewhere.example\r\n');
      expect(answer.reached).toEqual({ url: '/api/admin/identities?q=1', host: `localhost:${port}` });
    }
    expect((await get(`http://LocalHost:${port}/profile`)).reached?.url).toBe('/profile');
    expect((await get(`http://localhost:${port}`)).reached?.url).toBe('/');
    expect((await get(`http://localhost:${port}?x=1`)).reached?.url).toBe('/?x=1');
    expect((await get('http://elsewhere.example/admin/identities')).status).toBe(421);
    expect((await get(`http://localhost:${port}/health/ready`, 'Host: any\r\n')).status).toBe(200);
  });

  test('in asterisk form is accepted for OPTIONS only', async () => {
    expect((await send(`OPTIONS * HTTP/1.1\r\n${HOST()}\r\n`)).status).toBe(204);
    expect((await get('*')).status).toBe(400);
  });

  test.each([
    ['a fragment', '/profile#top'],
    ['a fragment in absolute form', 'http://localhost/#top'],
    ['no slash', 'profile'],
    ['an authority', 'localhost:80'],
    ['user information', 'http://ada@localhost/'],
    ['no host', 'http:///profile'],
    ['another scheme', 'ftp://localhost/profile'],
    ['a space', '/pro file'],
    ['a tab', '/pro\tfile'],
    ['bytes that are not ASCII', '/caf\xe9'],
    ['a backslash', '/admin\\identities'],
    ['an encoded dot segment', '/schemas/%2e%2e/admin'],
    ['broken UTF-8', '/schemas/%ff'],
  ])('refuses %s', async (_, target) => {
    expect((await get(target)).status).toBe(400);
  });
});

describe('refuses what RFC 9112 forbids', () => {
  const line = 'GET /profile HTTP/1.1\r\n';
  test.each([
    ['no Host (§3.2)', line],
    ['two of them, the same', `${line}Host: localhost\r\nHost: localhost\r\n`],
    ['two in different letters', `${line}Host: localhost\r\nhOST: elsewhere\r\n`],
    ['a path in Host', `${line}Host: localhost/profile\r\n`],
    ['user information in Host', `${line}Host: ada@localhost\r\n`],
    ['a list in Host', `${line}Host: localhost, elsewhere\r\n`],
    ['white space before the colon (§5.1)', `${line}Host : localhost\r\n`],
    ['white space before the first field (§2.2)', `${line} Host: localhost\r\n`],
    ['a folded line (§5.2)', `${line}Host: localhost\r\nX-Folded: a\r\n b\r\n`],
    [
      'both lengths (§6.3)',
      `POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n`,
    ],
    [
      'two lengths (§6.3)',
      `POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n`,
    ],
    ['a length that is no number', `POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3x\r\n`],
    [
      'chunked that is not last (§6.1)',
      `POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, gzip\r\n`,
    ],
    ['a name that is no token', `${line}Host: localhost\r\nX(y): 1\r\n`],
    ['a NUL', `${line}Host: localhost\r\nX-Y: a\0b\r\n`],
    ['a bare CR', `${line}Host: localhost\r\nX-Y: a\rb: c\r\n`],
  ])('%s', async (_, head) => {
    expect((await send(`${head}\r\n`)).status).toBe(400);
  });

  test('returns 501 for an unknown transfer coding (§6.1)', async () => {
    const answer = await send(
      `POST /oauth2/token HTTP/1.1\r\n${HOST()}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    );
    expect(answer.status).toBe(501);
  });

  // Small enough to be read in one piece: unread bytes would reset the connection.
  test('returns 431 for a head that is too large', async () => {
    expect((await get('/profile', `${HOST()}X-Long: ${'a'.repeat(20_000)}\r\n`)).status).toBe(431);
  });
});

describe('the canonical path', () => {
  const NAMES = [
    'admin/identities',
    'oauth2/token',
    'schemas',
    'api/admin/identities',
    '.well-known/jwks.json',
    'openapi.json',
  ];

  test('public names map inside, and /api serves the same routes', async () => {
    const inner = async (path: string) => (await get(path)).reached?.url;
    expect(await inner('/admin/identities/x?y=/admin')).toBe('/api/admin/identities/x?y=/admin');
    expect(await inner('/api/.well-known/jwks.json')).toBe('/api/well-known/jwks.json');
    expect(await inner('/.well-known/jwks.json')).toBe('/api/well-known/jwks.json');
    expect(await inner('/openapi.json')).toBe('/api/openapi.json');
    expect(await inner('/administrators')).toBe('/administrators');
    expect(await inner('/console/acme/main')).toBe('/console/acme/main');
  });

  test.each(NAMES)('is case-sensitive: %s', async (name) => {
    const variants = [
      name.toUpperCase(),
      name[0] === '.' ? `.W${name.slice(2)}` : `${name[0]?.toUpperCase()}${name.slice(1)}`,
    ];
    for (const variant of variants) expect((await get(`/${variant}`)).reached?.url).toBe(`/${variant}`);
  });

  test.each(NAMES)('404 for percent-encoded names: %s', async (name) => {
    const hex = (char: string) => `%${char.charCodeAt(0).toString(16)}`;
    for (const at of [0, 1, name.length - 1]) {
      const variant = name.slice(0, at) + hex(name[at] ?? '') + name.slice(at + 1);
      expect((await get(`/${variant}`)).status).toBe(404);
    }
    expect((await get(`/${name.replace('/', '%2F')}%2fx`)).status).toBe(404);
  });

  test('404 for percent-encoded pages', async () => {
    for (const path of ['/%70rofile', '/login%2Flink', '/console%5cacme', '/co%6Esole/acme']) {
      expect((await get(path)).status).toBe(404);
    }
  });

  test('parameters may be percent-encoded freely', async () => {
    const path = '/admin/identities/by/external/%61%2Fb%20%C3%A9';
    expect((await get(path)).reached?.url).toBe(`/api${path}`);
    expect((await get('/schemas/%64efault')).reached?.url).toBe('/api/schemas/%64efault');
  });

  test.each([
    ['/profile/', '/profile'],
    ['//profile', '/profile'],
    ['//evil.example//x/?y=//z', '/evil.example/x?y=//z'],
    ['/admin//identities/', '/admin/identities'],
  ])('redirects %s to %s with 308', async (from, to) => {
    const answer = await get(from);
    expect(answer.status).toBe(308);
    expect(/^location: (.*)$/im.exec(answer.head)?.[1]?.trim()).toBe(to);
  });

  test('logs IDs of known routes, and only the known prefix of other paths', async () => {
    const info = vi.spyOn(log, 'info').mockReturnValue();
    const id = '01a22993-f241-7093-ba5a-9ae71c5d4f16';
    const paths = {
      [`/admin/identities/${id}`]: `/admin/identities/${id}`,
      [`/api/admin/identities/${id}`]: `/api/admin/identities/${id}`,
      [`http://localhost:${port}/admin/identities/${id}?x`]: `/admin/identities/${id}`,
      '/admin/identities/ada@example.com': '/admin/identities/…',
      '/admin/identities/by/external/ada@example.com': '/admin/identities/by/external/…',
      '/admin/identities/by/External/ada@example.com': '/admin/…',
      '/ADMIN/identities/by/external/ada@example.com': '/…',
      '/%61dmin/identities/by/external/ada@example.com': '/…',
      '/ada@example.com': '/…',
      '/profile/settings': '/profile/settings',
    };
    for (const path of Object.keys(paths)) await get(path);
    await vi.waitFor(() => expect(info).toHaveBeenCalledTimes(Object.keys(paths).length));
    expect(info.mock.calls.map(([, fields]) => fields?.path)).toEqual(Object.values(paths));
  });
});

describe('input that Next cannot read', () => {
  const ID = '7f'.padEnd(42, '0');
  const post = (headers: Record<string, string>, body = 'x') => {
    const all = { 'Content-Length': String(body.length), ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return send(`POST /login HTTP/1.1\r\n${HOST()}${lines.join('')}\r\n${body}`);
  };
  const FORM = 'multipart/form-data; boundary=xx';

  test.each<[number, string, Record<string, string>]>([
    [200, 'a form', { 'Content-Type': FORM }],
    [200, 'a form of an action', { 'Content-Type': FORM, 'Next-Action': ID }],
    [
      200,
      'a browser’s boundary',
      { 'Content-Type': 'multipart/form-data; boundary=----WebKitFormBoundaryA1b2C3d4E5f6G7h8' },
    ],
    [200, 'the arguments of an action', { 'Content-Type': 'text/plain;charset=UTF-8', 'Next-Action': ID }],
    [400, 'no id of an action', { 'Content-Type': 'text/plain', 'Next-Action': '__proto__' }],
    [400, 'no boundary', { 'Content-Type': 'multipart/form-data' }],
    [400, 'an empty boundary', { 'Content-Type': 'multipart/form-data; boundary=' }],
    [400, 'another multipart', { 'Content-Type': 'multipart/mixed; boundary=xx' }],
    [415, 'another type', { 'Content-Type': 'application/json', 'Next-Action': ID }],
    [415, 'no type', { 'Next-Action': ID }],
    [415, 'a compressed body', { 'Content-Type': FORM, 'Content-Encoding': 'gzip' }],
    [413, 'too long a body', { 'Content-Type': FORM, 'Content-Length': '2000000' }],
  ])('%i: %s', async (status, _, headers) => {
    expect((await post(headers)).status).toBe(status);
  });

  test('returns 404 for its own pages', async () => {
    for (const path of ['/_global-error', '/_not-found', '/_error']) expect((await get(path)).status).toBe(404);
  });
});

test('treats an empty Authorization as absent', async () => {
  for (const value of ['', ' ', '\t']) {
    expect((await get('/admin/identities', `${HOST()}Authorization:${value}\r\n`)).reached).not.toHaveProperty(
      'authorization',
    );
  }
  const { reached } = await get('/admin/identities', `${HOST()}Authorization: Bearer x\r\n`);
  expect(reached?.authorization).toBe('Bearer x');
});
