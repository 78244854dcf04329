import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import { log } from '@/lib/platform/log';
import { processWide } from '@/lib/platform/process-wide';
import {
  addOrigin,
  createProject,
  deleteProject,
  ensureFirstProject,
  removeOrigin,
  updateProject,
} from '@/lib/project/service';
import { CONTEXT_HEADER, contextOf, openContext, type RequestContext } from '../http/context';
import { reportRequestError } from '../http/outage';
import { createFront } from './front';

/** The real front server before a stub of Next that reports what it received. */
let server: Server;
let port: number;
let isStopping = false;
let isDevelopment = false;
const said: Serve = async ({ headers }, response) => {
  const context = openContext(String(headers[CONTEXT_HEADER]));
  response.end(JSON.stringify({ context, headers }));
};
let serve = said;
type Serve = Parameters<typeof createFront>[0]['serve'];
type Seen = { context: RequestContext; headers: Record<string, string> };

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
  const origin = `http://localhost:${port}`;
  await ensureFirstProject(origin);
  const front = createFront({
    serve: (request, response) => serve(request, response),
    get isDevelopment() {
      return isDevelopment;
    },
    trustedProxies: ['127.0.0.9'],
    consoleOrigin: origin,
    isStopping: () => isStopping,
  });
  server.on('request', (request, response) => void front(request, response));
});

afterEach(() => {
  serve = said;
  isDevelopment = false;
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
          incoming.on('error', reject);
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

test('does not log external IDs', async () => {
  const info = vi.spyOn(log, 'info').mockReturnValue();
  for (const prefix of ['', '/api']) await get(`${prefix}/admin/identities/by/external/ada%40example.com`);
  await vi.waitFor(() => expect(info).toHaveBeenCalledTimes(2));
  expect(info.mock.calls.map(([, fields]) => fields?.path)).toEqual([
    '/admin/identities/by/external/…',
    '/api/admin/identities/by/external/…',
  ]);
});

describe('the project by host', () => {
  test('is found for a known host', async () => {
    const { seen } = await get('/profile');
    expect(seen().context).toMatchObject({
      origin: `http://localhost:${port}`,
      isConsoleHost: true,
      address: '127.0.0.1',
    });
  });

  test.each(['evil.example.com', 'localhost.evil.example.com', 'localhost:1', 'LOCALHOST', ''])(
    'is 421 for %j',
    async (host) => {
      expect((await get('/profile', { host })).status).toBe(421);
    },
  );

  test('follows a forwarded host from a trusted proxy only', async () => {
    const headers = { host: 'inner:80', 'x-forwarded-host': `localhost:${port}`, 'x-forwarded-for': '203.0.113.5' };
    expect((await get('/profile', headers)).status).toBe(421);
    const { status, seen } = await get('/profile', headers, { localAddress: '127.0.0.9' });
    expect(status).toBe(200);
    expect(seen().context.address).toBe('203.0.113.5');
  });

  test('127.0.0.1 serves programs, and redirects pages to the host name', async () => {
    const host = `127.0.0.1:${port}`;
    expect((await get('/admin/identities', { host })).status).toBe(200);
    const page = await get('/profile?x=1', { host });
    expect([page.status, page.headers.location]).toEqual([307, `http://localhost:${port}/profile?x=1`]);
    expect((await get('/admin/identities', { host: '127.0.0.1:1' })).status).toBe(421);
  });
});

describe('a project with a secondary origin', () => {
  test('serves programs there, and redirects people to the primary one', async () => {
    const project = await ensureFirstProject(`http://localhost:${port}`);
    const { id } = await addOrigin(cliActor(project.id), `http://other.localhost:${port}`);
    const host = `other.localhost:${port}`;
    const { context } = (await get('/oauth2/token', { host })).seen();
    expect(context).toMatchObject({ projectId: project.id, origin: project.origin });
    const page = await get('/login?x=1', { host });
    expect([page.status, page.headers.location]).toEqual([307, `http://localhost:${port}/login?x=1`]);
    expect((await get('/login', { host }, { method: 'POST' })).status).toBe(421);
    await removeOrigin(cliActor(project.id), id);
    expect((await get('/oauth2/token', { host })).status).toBe(421);
  });
});

test('a changed project applies from the next request; a deleted one is gone', async () => {
  const { id, organizationId } = await ensureFirstProject(`http://localhost:${port}`);
  const input = { name: 'Acme', slug: 'acme', origin: '' };
  const project = await createProject(cliActor(id), organizationId, input);
  const host = `acme.localhost:${port}`;
  expect((await get('/login', { host })).seen().context).toMatchObject({ projectName: 'Acme', isConsoleHost: false });
  await updateProject(cliActor(project.id), { base: project, mine: { name: 'Initech', accentColor: '#0b6e4f' } });
  const changed = { projectName: 'Initech', accentColor: '#0b6e4f', logoHash: null };
  expect((await get('/login', { host })).seen().context).toMatchObject(changed);
  await deleteProject(cliActor(project.id));
  for (const path of ['/login', '/admin/identities']) expect((await get(path, { host })).status).toBe(421);
});

describe('a refusal', () => {
  test('is a page in the person’s language, and the envelope for programs', async () => {
    const accept = 'text/html,application/xhtml+xml';
    const page = await get('/profile', { host: 'evil', accept, 'accept-language': 'de-AT' });
    expect([page.status, page.headers['content-type']]).toEqual([421, 'text/html; charset=utf-8']);
    expect(page.body).toContain('lang="de"');
    const api = await get('/admin/identities', { host: 'evil', accept });
    expect(JSON.parse(api.body).error.code).toBe(421);
  });
});

describe('the context of a request', () => {
  const kept = () => processWide('contexts', () => new Map());
  const idOf = (headers: IncomingMessage['headers']) => String(headers[CONTEXT_HEADER]);

  test('can be read repeatedly until the response ends, and not afterwards', async () => {
    let id = '';
    serve = async ({ headers }, response) => {
      id = idOf(headers);
      response.write('begun'); // a page that streams
      await new Promise((resolve) => setImmediate(resolve));
      response.end(JSON.stringify([openContext(id).origin, openContext(id).origin]));
    };
    const { body } = await get('/profile');
    expect(body).toBe(`begun["http://localhost:${port}","http://localhost:${port}"]`);
    await expect.poll(() => kept()?.size).toBe(0);
    expect(() => openContext(id)).toThrow('forbidden');
  });

  test('is valid for one method and path', async () => {
    serve = async ({ headers, method, url }, response) => {
      const isOpen = (asked: string, path: string) => {
        try {
          return contextOf(
            new Request(`http://inner${path}`, { method: asked, headers: { [CONTEXT_HEADER]: idOf(headers) } }),
          );
        } catch {
          return null;
        }
      };
      const asked = [
        [method, url],
        ['HEAD', url],
        ['POST', url],
        [method, '/profile'],
        [method, `${url}/x`],
      ];
      response.end(JSON.stringify(asked.map(([name = '', path = '']) => isOpen(name, path) !== null)));
    };
    expect(JSON.parse((await get('/admin/identities')).body)).toEqual([true, false, false, false, false]);
    serve = async ({ headers, url }, response) => {
      const inner = new Request(`http://inner${url}`, { method: 'HEAD', headers: { [CONTEXT_HEADER]: idOf(headers) } });
      response.setHeader('x-origin', contextOf(inner).origin).end();
    };
    const head = await get('/admin/identities', {}, { method: 'HEAD' });
    expect(head.headers['x-origin']).toBe(`http://localhost:${port}`);
  });

  test('is refused for another request, even to the same path at the same time', async () => {
    const ids = new Set<string>();
    let release = () => {};
    const all = new Promise<void>((resolve) => (release = resolve));
    serve = async ({ headers }, response) => {
      ids.add(idOf(headers));
      if (ids.size === 8) release();
      await all;
      response.end(openContext(idOf(headers)).address);
    };
    const from = (at: number) => get('/profile', {}, { localAddress: `127.0.0.${at + 20}` });
    const addresses = await Promise.all(Array.from({ length: 8 }, (_, at) => from(at).then(({ body }) => body)));
    expect(addresses).toEqual(Array.from({ length: 8 }, (_, at) => `127.0.0.${at + 20}`));
  });

  test('is refused from a client, during the request and afterwards', async () => {
    let first: Promise<unknown> = Promise.resolve();
    const { id, end } = await new Promise<{ id: string; end: () => void }>((resolve) => {
      serve = async ({ headers }, response) => resolve({ id: idOf(headers), end: () => response.end() });
      first = get('/profile', {}, { localAddress: '127.0.0.9' });
    });
    serve = said;
    const replayed = async () => (await get('/profile', { [CONTEXT_HEADER]: id })).seen();
    for (const ending of [() => {}, end]) {
      ending();
      const { context, headers } = await replayed();
      expect([headers[CONTEXT_HEADER] === id, context.address]).toEqual([false, '127.0.0.1']);
    }
    await first;
    expect((await get('/profile', { [CONTEXT_HEADER]: id, host: 'elsewhere' })).status).toBe(421);
  });

  test('is dropped whenever the client disconnects', async () => {
    serve = async ({ socket }) => void socket.destroy();
    await expect(get('/profile')).rejects.toThrow();
    // The client disconnected before the project was found: the request is not passed on.
    serve = async () => expect.unreachable();
    server.prependOnceListener('request', (_, response) => response.destroy());
    await expect(get('/profile')).rejects.toThrow();
    serve = said;
    await get('/profile');
    await expect.poll(() => kept()?.size).toBe(0);
  });
});

test.each(['/profile/%ff', '/%', '/admin/identities/%c3%28'])(
  'refuses a path that cannot be decoded: %s',
  async (path) => {
    expect((await get(path)).status).toBe(400);
  },
);

describe('forged headers', () => {
  test('of the front server and of Next are replaced or dropped (CVE-2025-29927)', async () => {
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

  test('except those by which Next in development finds the browser tab', async () => {
    const sent = { 'x-nextjs-request-id': 'tab', 'x-nextjs-html-request-id': 'tab', 'x-nextjs-data': '1' };
    const reached = async () => Object.keys((await get('/', sent)).seen().headers).filter((name) => name in sent);
    expect(await reached()).toEqual([]);
    isDevelopment = true;
    expect(await reached()).toEqual(['x-nextjs-request-id', 'x-nextjs-html-request-id']);
  });

  test.each([null, '', 'forged', `${Buffer.from('{}').toString('base64url')}.x`, '__proto__'])(
    'a context ID of another process is refused: %j',
    (id) => expect(() => openContext(id)).toThrow(),
  );
});

describe('every response', () => {
  test('has a request ID and the security headers', async () => {
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
  test('responds on any host; 405 names the methods', async () => {
    expect((await get('/health/ready', { host: 'anything' })).status).toBe(200);
    const post = await get('/health/alive', {}, { method: 'POST' });
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('is not ready while stopping, and closes connections', async () => {
    isStopping = true;
    const { status, headers } = await get('/health/ready');
    isStopping = false;
    expect([status, headers.connection]).toEqual([503, 'close']);
  });
});

describe('an outage that Next reports', () => {
  const NO_CONNECTION = Object.assign(new Error('no connection'), { code: 'P2024', digest: '42' });
  const tell = (error: unknown, headers: Record<string, string | string[] | undefined>) =>
    reportRequestError(
      error,
      { path: '/', method: 'GET', headers },
      { routerKind: 'App Router', routePath: '/', routeType: 'render', revalidateReason: undefined },
    );
  const afterwards = () => processWide('outages', () => new Map());

  test.each([
    ['its own error page', NO_CONNECTION, 500, '5'],
    ['a page it had begun as a success', NO_CONNECTION, 200, '5'],
    ['a refusal of ours', new AppError('overloaded', { retryAfterSeconds: 1 }), 500, '1'],
  ])('is 503 with Retry-After, not %s', async (_, error, status, retryAfter) => {
    serve = async ({ headers }, response) => {
      await tell(error, headers);
      response.setHeader('content-type', 'text/x-page');
      response.writeHead(status, 'Words of its own').end('the page');
    };
    const answer = await get('/profile');
    expect([answer.status, answer.headers['retry-after'], answer.body]).toEqual([503, retryAfter, 'the page']);
    expect(answer.headers['content-type']).toBe('text/x-page');
    await expect.poll(() => afterwards()?.size).toBe(0);
  });

  test('is 503 also when the head is written implicitly', async () => {
    serve = async ({ headers }, response) => {
      await tell(NO_CONNECTION, headers);
      response.setHeader('content-type', 'text/html');
      response.statusCode = 500;
      response.write('the ');
      response.end('page');
    };
    expect(await get('/profile')).toMatchObject({ status: 503, body: 'the page' });
  });

  test('changes no other response, error or request', async () => {
    const answers: Array<[unknown, number]> = [
      [NO_CONNECTION, 303],
      [NO_CONNECTION, 404],
      [new Error('something else'), 500],
      [new AppError('internal'), 500],
    ];
    for (const [error, status] of answers) {
      serve = async ({ headers }, response) => {
        await tell(error, headers);
        response.writeHead(status).end();
      };
      const answer = await get('/profile');
      expect([answer.status, answer.headers['retry-after']]).toEqual([status, undefined]);
    }
    serve = async (_, response) => {
      await tell(NO_CONNECTION, { 'x-request-id': 'unknown' });
      await tell(NO_CONNECTION, {});
      response.writeHead(500).end();
    };
    expect((await get('/profile')).status).toBe(500);
    await expect.poll(() => afterwards()?.size).toBe(0);
  });

  test.each([
    ['forbidden', 403],
    ['unauthenticated', 401],
    ['rate_limited', 429],
  ] as const)('a refusal is sent with its own status: %s', async (code, status) => {
    serve = async ({ headers }, response) => {
      await tell(new AppError(code), headers);
      response.writeHead(500).end();
    };
    expect((await get('/profile')).status).toBe(status);
  });

  test('is forgotten when the client disconnects before the response', async () => {
    serve = async (request) => {
      await tell(NO_CONNECTION, request.headers);
      request.socket.destroy();
    };
    await expect(get('/profile')).rejects.toThrow();
    await expect.poll(() => afterwards()?.size).toBe(0);
  });
});

describe('bare text from Next', () => {
  const bare: Serve = async (_, response) => {
    response.statusCode = 500;
    response.setHeader('content-type', 'text/plain');
    response.setHeader('content-length', 21);
    response.end('Internal Server Error');
  };

  test.each([
    ['at once', bare],
    [
      'after the head',
      async (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(500);
        response.write('Internal ');
        response.end('Server Error');
      },
    ],
  ])('becomes a page for people: %s', async (_, answers) => {
    serve = answers;
    const { status, headers, body } = await get('/profile', { 'accept-language': 'de' });
    expect([status, headers['content-type'], headers['x-request-id']]).toEqual([
      500,
      'text/html; charset=utf-8',
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
    expect(body).toContain('<html lang="de">');
    expect(body).toContain(headers['x-request-id']);
    expect(body).not.toContain('Internal');
  });

  test('is passed on to programs', async () => {
    serve = bare;
    expect(await get('/admin/identities')).toMatchObject({ status: 500, body: 'Internal Server Error' });
  });
});

describe('an unexpected error', () => {
  test.each([
    ['while serving', '/profile', 500],
    ['while serving a program', '/admin/identities', 500],
  ])('is 500: %s', async (_, path, status) => {
    serve = () => Promise.reject(new Error('unforeseen'));
    expect((await get(path)).status).toBe(status);
  });

  test('is 500 also when no refusal can be built, and the listener does not reject', async () => {
    const rejections: unknown[] = [];
    const listen = createFront({
      serve: said,
      isDevelopment: false,
      trustedProxies: [],
      consoleOrigin: `http://localhost:${port}`,
      isStopping: () => false,
    });
    const other = createServer((request, response) => {
      const { writeHead } = response;
      response.writeHead = () => {
        response.writeHead = writeHead;
        throw new Error('unforeseen');
      };
      listen(request, response).catch((error: unknown) => rejections.push(error));
    });
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const answer = await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/profile`);
    other.close();
    expect([answer.status, rejections]).toEqual([500, []]);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  test('closes the connection once a response has begun', async () => {
    serve = async (_, response) => {
      response.write('half a page');
      throw new Error('unforeseen');
    };
    await expect(get('/profile')).rejects.toThrow();
  });
});

test('scripts and styles have the security headers', async () => {
  const staticFiles = async (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/css' }).end();
    return true;
  };
  const origin = `http://localhost:${port}`;
  const settings = { serve: said, isDevelopment: false, trustedProxies: [], consoleOrigin: origin };
  const listen = createFront({ ...settings, staticFiles, isStopping: () => false });
  const other = createServer((request, response) => void listen(request, response));
  await new Promise<void>((resolve) => other.listen(0, resolve));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/_next/static/x.css`;
  const { headers } = await new Promise<IncomingMessage>((resolve) =>
    httpRequest(url, { headers: { host: `localhost:${port}` } }, resolve).end(),
  );
  other.closeAllConnections();
  other.close();
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-type': 'text/css' });
});

test.each([
  ['/branding/logo/Zm9v', 'cross-origin'],
  ['/branding/logo/', 'same-origin'],
  ['/branding/logo/Zm9v/x', 'same-origin'],
  ['/branding/other', 'same-origin'],
  ['/console/a/b/settings/logo', 'same-origin'],
  ['/profile?x=/branding/logo/Zm9v', 'same-origin'],
])('other sites may embed the mail logo only: %s', async (path, policy) => {
  const { headers } = await get(path);
  expect(headers['cross-origin-resource-policy']).toBe(policy);
});
