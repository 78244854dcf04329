import { createHash } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONTEXT_HEADER, keepContext } from '@/lib/http/context';
import { changeIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { closeDb } from '@/lib/platform/db/client';
import { env, resetEnv } from '@/lib/platform/env';
import { cookieSecret } from '@/lib/platform/next-auth-token';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { endSession, findSession } from '@/lib/session/service';
import { serveNextAuth } from '@/lib/web/next-auth';
import { readProof } from '@/lib/web/proof';
import { encodeSessionId, projectCookieName, sessionCookieName } from '@/lib/web/session-cookie';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { GET, POST } from './route';

let project: Project;
let proof: SessionProof;
let jar: Map<string, string>;

const name = () => sessionCookieName({ projectId: project.id, origin: project.origin });
const isOpen = async () => (await findSession(project.id, proof.session.id)) !== null;

type Call = { body?: Record<string, string>; query?: string; headers?: Record<string, string> };

function contextFor() {
  return {
    requestId: 'request-1',
    address: '203.0.113.7',
    userAgent: '',
    project,
    projectId: project.id,
    projectName: project.name,
    origin: project.origin,
    accentColor: null,
    logoHash: null,
    isConsoleHost: true,
  };
}

async function call(method: 'GET' | 'POST', action: string, { body, query = '', headers = {} }: Call = {}) {
  const context = contextFor();
  const request = new Request(`http://localhost:3000/api/auth/${action}${query}`, {
    method,
    headers: {
      [CONTEXT_HEADER]: keepContext(context, { method, path: `/api/auth/${action}` }),
      cookie: [...jar].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('; '),
      ...(method === 'POST' && { origin: project.origin, 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    ...(body && { body: new URLSearchParams(body) }),
  });
  const serve = method === 'GET' ? GET : POST;
  const response = await serve(request, { params: Promise.resolve({ nextauth: action.split('/') }) });
  for (const line of response.headers.getSetCookie()) {
    const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) jar.delete(key);
    else jar.set(key, decodeURIComponent(value));
  }
  return response;
}

/** Whether another request ends the session just after this one found it active. */
let endsConcurrently = false;
vi.mock('@/lib/web/proof', async (importOriginal) => {
  const original = await importOriginal<typeof import('@/lib/web/proof')>();
  const readProof: typeof original.readProof = async (...of) => {
    const found = await original.readProof(...of);
    if (found && endsConcurrently) await endSession(found.actor, found.identity.id, found.session.id);
    return found;
  };
  return { ...original, readProof };
});

const csrfToken = async () => (await (await call('GET', 'csrf')).json()).csrfToken as string;

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  proof = await signIn(project, await makePerson(project));
  const value = await encodeSessionId(
    { projectId: project.id, origin: project.origin },
    proof.session.id,
    proof.session.expiresAt,
  );
  jar = new Map([[name(), value]]);
});
afterEach(() => {
  endsConcurrently = false;
  vi.unstubAllEnvs();
  resetEnv();
});

describe('GET /api/auth/session', () => {
  test('returns the signed-in person’s name and email only', async () => {
    const response = await call('GET', 'session');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('x-request-id')).toBe('request-1');
    const email = proof.identity.identifiers[0];
    expect(await response.json()).toEqual({
      expires: proof.session.expiresAt.toISOString(),
      user: { id: proof.identity.id, name: email, email },
    });
  });

  test('keeps the cookie’s session and expiry', async () => {
    const response = await call('GET', 'session');
    const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(name())) ?? '';
    expect(line).toMatch(/; Path=\/;.*HttpOnly; Secure; SameSite=Lax/);
    const expires = Date.parse(/Expires=([^;]+)/.exec(line)?.[1] ?? '');
    expect(expires).toBeLessThanOrEqual(proof.session.expiresAt.getTime());
    expect(await (await call('GET', 'session')).json()).toMatchObject({ user: { id: proof.identity.id } });
  });

  test('reads the last of two cookies with one name, as pages do', async () => {
    const own = `${name()}=${encodeURIComponent(jar.get(name()) ?? '')}`;
    const session = async (cookie: string) => (await call('GET', 'session', { headers: { cookie } })).json();
    expect(await session(`${name()}=planted; ${own}`)).toMatchObject({ user: { id: proof.identity.id } });
    expect(await session(`${own}; ${name()}=planted`)).toEqual({});
  });

  test('returns an empty session and removes the cookie when the session has ended', async () => {
    await endSession(proof.actor, proof.identity.id, proof.session.id);
    const response = await call('GET', 'session');
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(jar.has(name())).toBe(false);
  });

  test('returns an empty session for an inactive identity and without a session', async () => {
    await changeIdentity(systemActor(project.id), proof.identity.id, () => ({ state: 'inactive' }));
    expect(await (await call('GET', 'session')).json()).toEqual({});
    jar.clear();
    expect(await (await call('GET', 'session')).json()).toEqual({});
  });
});

describe('the answer of GET /api/auth/session is next-auth’s own', () => {
  const csrf = () =>
    `${'0'.repeat(64)}|${createHash('sha256')
      .update(`${'0'.repeat(64)}${cookieSecret()}`)
      .digest('hex')}`;
  const named = (name: string) => projectCookieName({ projectId: project.id, origin: project.origin }, name);
  const planted: Array<[string, () => Array<[string, string]>]> = [
    ['without further cookies', () => []],
    [
      'with its other cookies',
      () => [
        [named('signet_csrf'), csrf()],
        [named('signet_callback'), project.origin],
      ],
    ],
    ['with a made-up CSRF cookie', () => [[named('signet_csrf'), 'x|y']]],
    ['with a callback on another host', () => [[named('signet_callback'), 'https://evil.example/x']]],
    ['with a callback of its own', () => [[named('signet_callback'), `${project.origin}/login?a=1`]]],
    ['with a changed session cookie', () => [[name(), 'x.y.z']]],
  ];

  test.each(planted)('%s', async (_, cookies) => {
    for (const [key, value] of cookies()) jar.set(key, value);
    await compare('');
  });

  test('with a callback in the query', async () => {
    await compare('?callbackUrl=%2Fprofile');
    await compare('?callbackUrl=https%3A%2F%2Fevil.example%2F');
  });

  test('after the session has ended, and without one', async () => {
    await endSession(proof.actor, proof.identity.id, proof.session.id);
    await compare('');
    jar.clear();
    await compare('');
  });

  async function compare(query: string): Promise<void> {
    vi.stubEnv('AUTH_TRUST_HOST', '1'); // as in server.ts
    const cookie = [...jar].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('; ');
    const host = new URL(project.origin).host;
    const headers = { cookie, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
    const request = new Request(`${project.origin}/api/auth/session${query}`, { headers });
    const context = contextFor();
    const theirs = await serveNextAuth(request, ['session'], context, await readProof(context, jar.get(name())));
    theirs.headers.set('x-request-id', context.requestId);
    const ours = await call('GET', 'session', { query, headers: { cookie } });
    expect(await described(ours)).toEqual(await described(theirs));
  }

  async function described(response: Response) {
    const headers = [...response.headers].filter(([key]) => key !== 'set-cookie');
    return {
      status: response.status,
      body: await response.text(),
      headers,
      cookies: response.headers.getSetCookie().map(masked),
    };
  }

  /** Without what is random, and seconds that may have begun between the two. */
  function masked(line: string): string {
    return line
      .replace(/(?<=signet_csrf_\w+=)[\da-f]{64}%7C[\da-f]{64}/, 'PAIR')
      .replace(
        /(?<=signet_session_\w+=)eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}/,
        'TOKEN',
      )
      .replace(/(?<=Expires=.*:)\d\d (?=GMT)/, '');
  }
});

describe('POST /api/auth/signout', () => {
  test('ends the session, removes the cookie and redirects to the project', async () => {
    const response = await call('POST', 'signout', { body: { csrfToken: await csrfToken() } });
    expect([response.status, response.headers.get('location')]).toEqual([302, `${project.origin}/`]);
    expect(jar.has(name())).toBe(false);
    expect(await isOpen()).toBe(false);
  });

  test('succeeds and removes the cookie when the session has already ended', async () => {
    const body = { csrfToken: await csrfToken() };
    // The database's answers before and after the session ends.
    endsConcurrently = true;
    const response = await call('POST', 'signout', { body });
    expect([response.status, response.headers.get('location')]).toEqual([302, `${project.origin}/`]);
    expect(jar.has(name())).toBe(false);
    expect(await isOpen()).toBe(false);
  });

  test('accepts the call of a program', async () => {
    const body = { csrfToken: await csrfToken(), callbackUrl: '/login', json: 'true' };
    const response = await call('POST', 'signout', { body });
    expect([response.status, await response.json()]).toEqual([200, { url: `${project.origin}/login` }]);
    expect(await isOpen()).toBe(false);
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'redirects to no other host: %s',
    async (callbackUrl) => {
      const body = { csrfToken: await csrfToken(), callbackUrl };
      const response = await call('POST', 'signout', { body });
      expect(response.headers.get('location')).toBe(`${project.origin}/`);
    },
  );

  test.each([
    ['without its token', {}],
    ['with a made-up token', { csrfToken: 'x'.repeat(64) }],
  ])('ends nothing %s', async (_, body) => {
    await csrfToken();
    const response = await call('POST', 'signout', { body });
    expect(response.headers.get('location')).toBe(`${project.origin}/api/auth/signout?csrf=true`);
    expect(await isOpen()).toBe(true);
    expect(jar.has(name())).toBe(true);
  });
});

describe('403', () => {
  test.each(['https://evil.example', 'null', ''])('refuses a POST from another origin: "%s"', async (origin) => {
    const body = { csrfToken: await csrfToken() };
    expect((await call('POST', 'signout', { body, headers: { origin } })).status).toBe(403);
    expect(await isOpen()).toBe(true);
  });
});

describe('404', () => {
  test.each(['callback/credentials', 'callback', 'error', 'verify-request', '_log', 'session/x', 'constructor'])(
    'refuses the endpoints that only providers need: %s',
    async (action) => {
      expect((await call('GET', action)).status).toBe(404);
      expect((await call('POST', action, { body: {} })).status).toBe(404);
    },
  );
});

describe('sign-in', () => {
  test('redirects to our own page', async () => {
    const response = await call('GET', 'signin', { query: '?callbackUrl=https%3A%2F%2Fevil.example' });
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(new RegExp(`^${project.origin}/login\\?`));
    expect(location).not.toContain('evil');
    expect(await (await call('GET', 'providers')).json()).toEqual({});
  });
});

describe('503', () => {
  test.each([
    ['GET', 'session'],
    ['POST', 'signout'],
  ] as const)('does not sign out when the database fails: %s %s', async (method, action) => {
    const body = { csrfToken: await csrfToken() };
    await closeDb();
    vi.stubEnv('DATABASE_URL', `file:${env().dataDir}/empty.db`);
    resetEnv();
    const response = await call(method, action, method === 'POST' ? { body } : {});
    await closeDb();
    vi.unstubAllEnvs();
    resetEnv();
    expect([response.status, response.headers.getSetCookie()]).toEqual([503, []]);
    expect(response.headers.get('retry-after')).not.toBeNull();
    expect(jar.has(name())).toBe(true);
    expect(await isOpen()).toBe(true);
  });
});
