import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
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
import { portOf, reportRequest, startFront } from '@/testing/front';
import { CONTEXT_HEADER, contextOf, openContext } from '../http/context';
import { createFront } from './front';

let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront();
});
afterEach(() => front.reset());
afterAll(() => void front.server.close());

test('does not log external IDs', async () => {
  const info = vi.spyOn(log, 'info').mockReturnValue();
  for (const prefix of ['', '/api']) await front.get(`${prefix}/admin/identities/by/external/ada%40example.com`);
  await vi.waitFor(() => expect(info).toHaveBeenCalledTimes(2));
  expect(info.mock.calls.map(([, fields]) => fields?.path)).toEqual([
    '/admin/identities/by/external/…',
    '/api/admin/identities/by/external/…',
  ]);
});

describe('the project by host', () => {
  test('is found for a known host', async () => {
    const { seen } = await front.get('/profile');
    expect(seen().context).toMatchObject({
      origin: front.origin,
      isConsoleHost: true,
      address: '127.0.0.1',
    });
  });

  test.each(['evil.example.com', 'localhost.evil.example.com', 'localhost:1', 'LOCALHOST', ''])(
    'is 421 for %j',
    async (host) => {
      expect((await front.get('/profile', { host })).status).toBe(421);
    },
  );

  test('follows a forwarded host from a trusted proxy only', async () => {
    const headers = {
      host: 'inner:80',
      'x-forwarded-host': `localhost:${front.port}`,
      'x-forwarded-for': '203.0.113.5',
    };
    expect((await front.get('/profile', headers)).status).toBe(421);
    const { status, seen } = await front.get('/profile', headers, { localAddress: '127.0.0.9' });
    expect(status).toBe(200);
    expect(seen().context.address).toBe('203.0.113.5');
  });

  test('127.0.0.1 serves programs, and redirects pages to the host name', async () => {
    const host = `127.0.0.1:${front.port}`;
    expect((await front.get('/admin/identities', { host })).status).toBe(200);
    const page = await front.get('/profile?x=1', { host });
    expect([page.status, page.headers.location]).toEqual([307, `${front.origin}/profile?x=1`]);
    expect((await front.get('/admin/identities', { host: '127.0.0.1:1' })).status).toBe(421);
  });
});

describe('a project with a secondary origin', () => {
  test('serves programs there, and redirects people to the primary one', async () => {
    const project = await ensureFirstProject(front.origin);
    const { id } = await addOrigin(cliActor(project.id), `http://other.localhost:${front.port}`);
    const host = `other.localhost:${front.port}`;
    const { context } = (await front.get('/oauth2/token', { host })).seen();
    expect(context).toMatchObject({ projectId: project.id, origin: project.origin });
    const page = await front.get('/login?x=1', { host });
    expect([page.status, page.headers.location]).toEqual([307, `${front.origin}/login?x=1`]);
    expect((await front.get('/login', { host }, { method: 'POST' })).status).toBe(421);
    await removeOrigin(cliActor(project.id), id);
    expect((await front.get('/oauth2/token', { host })).status).toBe(421);
  });
});

test('a changed project applies from the next request; a deleted one is gone', async () => {
  const { id, organizationId } = await ensureFirstProject(front.origin);
  const input = { name: 'Acme', slug: 'acme', origin: '' };
  const project = await createProject(cliActor(id), organizationId, input);
  const host = `acme.localhost:${front.port}`;
  expect((await front.get('/login', { host })).seen().context).toMatchObject({
    projectName: 'Acme',
    isConsoleHost: false,
  });
  await updateProject(cliActor(project.id), { base: project, mine: { name: 'Initech', accentColor: '#0b6e4f' } });
  const changed = { projectName: 'Initech', accentColor: '#0b6e4f', logoHash: null };
  expect((await front.get('/login', { host })).seen().context).toMatchObject(changed);
  await deleteProject(cliActor(project.id));
  for (const path of ['/login', '/admin/identities']) expect((await front.get(path, { host })).status).toBe(421);
});

describe('a refusal', () => {
  test('is a page in the person’s language, and the envelope for programs', async () => {
    const accept = 'text/html,application/xhtml+xml';
    const page = await front.get('/profile', { host: 'evil', accept, 'accept-language': 'de-AT' });
    expect([page.status, page.headers['content-type']]).toEqual([421, 'text/html; charset=utf-8']);
    expect(page.body).toContain('lang="de"');
    const api = await front.get('/admin/identities', { host: 'evil', accept });
    expect(JSON.parse(api.body).error.code).toBe(421);
  });
});

describe('the context of a request', () => {
  const kept = () => processWide('contexts', () => new Map());
  const idOf = (headers: IncomingMessage['headers']) => String(headers[CONTEXT_HEADER]);

  test('can be read repeatedly until the response ends, and not afterwards', async () => {
    let id = '';
    front.serve = async ({ headers }, response) => {
      id = idOf(headers);
      response.write('begun'); // a page that streams
      await new Promise((resolve) => setImmediate(resolve));
      response.end(JSON.stringify([openContext(id).origin, openContext(id).origin]));
    };
    const { body } = await front.get('/profile');
    expect(body).toBe(`begun["${front.origin}","${front.origin}"]`);
    await expect.poll(() => kept()?.size).toBe(0);
    expect(() => openContext(id)).toThrow('forbidden');
  });

  test('is valid for one method and path', async () => {
    front.serve = async ({ headers, method, url }, response) => {
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
    expect(JSON.parse((await front.get('/admin/identities')).body)).toEqual([true, false, false, false, false]);
    front.serve = async ({ headers, url }, response) => {
      const inner = new Request(`http://inner${url}`, { method: 'HEAD', headers: { [CONTEXT_HEADER]: idOf(headers) } });
      response.setHeader('x-origin', contextOf(inner).origin).end();
    };
    const head = await front.get('/admin/identities', {}, { method: 'HEAD' });
    expect(head.headers['x-origin']).toBe(front.origin);
  });

  test('is refused for another request, even to the same path at the same time', async () => {
    const ids = new Set<string>();
    let release = () => {};
    const all = new Promise<void>((resolve) => (release = resolve));
    front.serve = async ({ headers }, response) => {
      ids.add(idOf(headers));
      if (ids.size === 8) release();
      await all;
      response.end(openContext(idOf(headers)).address);
    };
    const from = (at: number) => front.get('/profile', {}, { localAddress: `127.0.0.${at + 20}` });
    const addresses = await Promise.all(Array.from({ length: 8 }, (_, at) => from(at).then(({ body }) => body)));
    expect(addresses).toEqual(Array.from({ length: 8 }, (_, at) => `127.0.0.${at + 20}`));
  });

  test('is refused from a client, during the request and afterwards', async () => {
    let first: Promise<unknown> = Promise.resolve();
    const { id, end } = await new Promise<{ id: string; end: () => void }>((resolve) => {
      front.serve = async ({ headers }, response) => resolve({ id: idOf(headers), end: () => response.end() });
      first = front.get('/profile', {}, { localAddress: '127.0.0.9' });
    });
    front.serve = reportRequest;
    const replayed = async () => (await front.get('/profile', { [CONTEXT_HEADER]: id })).seen();
    for (const ending of [() => {}, end]) {
      ending();
      const { context, headers } = await replayed();
      expect([headers[CONTEXT_HEADER] === id, context.address]).toEqual([false, '127.0.0.1']);
    }
    await first;
    expect((await front.get('/profile', { [CONTEXT_HEADER]: id, host: 'elsewhere' })).status).toBe(421);
  });

  test('is dropped whenever the client disconnects', async () => {
    front.serve = async ({ socket }) => void socket.destroy();
    await expect(front.get('/profile')).rejects.toThrow();
    // The client disconnected before the project was found: the request is not passed on.
    front.serve = async () => expect.unreachable();
    front.server.prependOnceListener('request', (_, response) => response.destroy());
    await expect(front.get('/profile')).rejects.toThrow();
    front.serve = reportRequest;
    await front.get('/profile');
    await expect.poll(() => kept()?.size).toBe(0);
  });
});

test.each(['/profile/%ff', '/%', '/admin/identities/%c3%28'])(
  'refuses a path that cannot be decoded: %s',
  async (path) => {
    expect((await front.get(path)).status).toBe(400);
  },
);

describe('forged headers', () => {
  test('of the front server and of Next are replaced or dropped (CVE-2025-29927)', async () => {
    const { seen } = await front.get('/', {
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
    const reached = async () => Object.keys((await front.get('/', sent)).seen().headers).filter((name) => name in sent);
    expect(await reached()).toEqual([]);
    front.isDevelopment = true;
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
      const { headers } = await front.get(path);
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });
});

describe('health', () => {
  test('responds on any host; 405 names the methods', async () => {
    expect((await front.get('/health/ready', { host: 'anything' })).status).toBe(200);
    const post = await front.get('/health/alive', {}, { method: 'POST' });
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('is not ready while stopping, and closes connections', async () => {
    front.isStopping = true;
    const { status, headers } = await front.get('/health/ready');
    front.isStopping = false;
    expect([status, headers.connection]).toEqual([503, 'close']);
  });
});

test('scripts and styles have the security headers', async () => {
  const staticFiles = async (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/css' }).end();
    return true;
  };
  const origin = front.origin;
  const settings = { serve: reportRequest, isDevelopment: false, trustedProxies: [], consoleOrigin: origin };
  const listen = createFront({ ...settings, staticFiles, isStopping: () => false });
  const other = createServer((request, response) => void listen(request, response));
  await new Promise<void>((resolve) => other.listen(0, resolve));
  const url = `http://127.0.0.1:${portOf(other)}/_next/static/x.css`;
  const { headers } = await new Promise<IncomingMessage>((resolve) =>
    httpRequest(url, { headers: { host: `localhost:${front.port}` } }, resolve).end(),
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
  const { headers } = await front.get(path);
  expect(headers['cross-origin-resource-policy']).toBe(policy);
});
