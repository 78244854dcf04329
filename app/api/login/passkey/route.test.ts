import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { findSession } from '@/lib/session/service';
import { decodeSessionId, sessionCookieName } from '@/lib/web/session-cookie';
import { type ApiServer, startApi } from '@/testing/api-server';
import type { SoftwareAuthenticator } from '@/testing/authenticator';
import { addPasskey, CHROME, makePerson, signInByMail } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { FOR_BROWSERS } from '../../routes';

let api: ApiServer;
let project: Project;
let person: Identity;
let authenticator: SoftwareAuthenticator;
/** The browser's cookies. */
let jar: Map<string, string>;

beforeAll(async () => {
  api = await startApi({}, FOR_BROWSERS);
  project = api.project;
  person = await makePerson(project);
  ({ authenticator } = await addPasskey(await signInByMail(project, person)));
});
afterAll(() => api.close());
beforeEach(() => {
  jar = new Map();
});

type Changes = { headers?: Record<string, string | null>; body?: string; method?: string; host?: string };
type Answer = { status: number; headers: IncomingHttpHeaders; lines: string[]; body: unknown };

/** As the script of the page sends it, with changes; null leaves a header out. */
function send(step: 'begin' | 'finish', input: unknown, { headers = {}, body, method = 'POST', host }: Changes = {}) {
  const { port, origin } = new URL(api.origin);
  const all = {
    host: host ?? `localhost:${port}`,
    origin,
    'content-type': 'application/json',
    'sec-fetch-site': 'same-origin',
    'user-agent': CHROME,
    cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    ...headers,
  };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Record<string, string>;
  const path = `/api/login/passkey/${step}`;
  return new Promise<Answer>((resolve, reject) => {
    const sending = httpRequest({ host: 'localhost', port, path, method, headers: kept }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => {
        const lines = incoming.headers['set-cookie'] ?? [];
        for (const line of lines) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          jar.set(name, value);
        }
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, lines, body: text && JSON.parse(text) });
      });
    });
    sending.on('error', reject).end(body ?? (method === 'POST' ? JSON.stringify(input) : ''));
  });
}

async function respond() {
  const { body } = await send('begin', null);
  const { value } = body as { value: Parameters<SoftwareAuthenticator['get']>[0] };
  return authenticator.get(value);
}
const finish = async (changes: Changes = {}, returnTo: unknown = null) =>
  send('finish', { response: await respond(), returnTo }, changes);
const codeOf = ({ body }: Answer) => (body as { error: { code: string } }).error.code;
function sessionId(): string | null {
  const place = { projectId: project.id, origin: project.origin };
  return decodeSessionId(place, jar.get(sessionCookieName(place)));
}

describe('a sign-in', () => {
  test('opens a session in the browser that began it, and says where the page leads', async () => {
    const { status, headers, lines, body } = await finish({}, '/profile/settings');
    expect([status, body]).toEqual([200, { ok: true, value: { location: '/profile/settings' } }]);
    expect(headers['cache-control']).toBe('private, no-store');
    for (const line of lines)
      expect(line).toMatch(/=[\w.%-]+;( Max-Age=\d+;)? Path=\/;( Expires=[^;]+;)? HttpOnly; SameSite=Lax$/);
    const found = await findSession(project.id, sessionId() ?? '');
    expect(found).toMatchObject({ identity: { id: person.id }, session: { method: 'passkey' } });
  });

  test('ends the session that it replaces, under a new ID', async () => {
    await finish();
    const before = sessionId() ?? '';
    await finish();
    expect(sessionId()).not.toBe(before);
    expect(await findSession(project.id, before)).toBeNull();
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 42, null])(
    'leads to no other host: %s',
    async (returnTo) => {
      expect((await finish({}, returnTo)).body).toEqual({ ok: true, value: { location: '/profile' } });
    },
  );
});

describe('refuses', () => {
  // Login CSRF: another site cannot sign a visitor in.
  test.each<[string, Record<string, string | null>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['the same host on another port', { origin: 'http://localhost:1' }],
    ['an opaque origin', { origin: 'null' }],
    ['no origin', { origin: null }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['a typed address', { 'sec-fetch-site': 'none' }],
  ])('403: %s', async (_, headers) => {
    const refusals = [await send('begin', null, { headers }), await finish({ headers })];
    for (const refusal of refusals) {
      expect([refusal.status, codeOf(refusal), refusal.lines]).toEqual([403, 'forbidden', []]);
    }
    expect(sessionId()).toBeNull();
  });

  test.each([null, 'text/plain', 'text/plain; application/json', 'application/x-www-form-urlencoded'])(
    '415: the type of a form, %s',
    async (type) => {
      const refusal = await finish({ headers: { 'content-type': type } });
      expect([refusal.status, codeOf(refusal), refusal.lines]).toEqual([415, 'unsupported_media_type', []]);
    },
  );

  test.each([
    [413, 'payload_too_large', JSON.stringify({ response: 'x'.repeat(64 * 1024) })],
    [400, 'invalid_input', ''],
    [400, 'invalid_input', '{"response":'],
    [400, 'invalid_input', '[]'],
    [400, 'invalid_input', '{"response":{},"response":{}}'],
    [400, 'invalid_input', '{"response":{},"returnTo":null,"project":"x"}'],
    [400, 'passkey_verification_failed', '{"response":null}'],
  ])('%d %s: %.40s', async (status, code, body) => {
    const refusal = await finish({ body });
    expect([refusal.status, codeOf(refusal), refusal.lines]).toEqual([status, code, []]);
  });

  test('405: other methods', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await send('finish', null, { method });
      expect([method, status, headers.allow]).toEqual([method, 405, 'POST']);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('a response in another browser, and without the nonce', async () => {
    const response = await respond();
    for (const cookie of ['', `signet_browser=${'x'.repeat(43)}`]) {
      const other = await send('finish', { response: await respond() }, { headers: { cookie } });
      expect([other.status, codeOf(other), other.lines]).toEqual([400, 'ceremony_expired', []]);
    }
    expect((await send('finish', { response })).status).toBe(200);
  });

  test('a response that is sent twice, also at once', async () => {
    const response = await respond();
    const answers = await Promise.all([1, 2, 3].map(() => send('finish', { response })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(codeOf(await send('finish', { response }))).toBe('ceremony_expired');
  });

  test('a response at another project', async () => {
    const other = await makeProject();
    const { host } = new URL(other.origin);
    const response = await respond();
    // Browsers would not send the nonce to another host.
    const cookie = `__Host-signet_browser=${jar.get('signet_browser')}`;
    const refusal = await send('finish', { response }, { host, headers: { origin: other.origin, cookie } });
    expect([refusal.status, codeOf(refusal), refusal.lines]).toEqual([400, 'ceremony_expired', []]);
  });

  test('an inactive person, in the visitor’s language', async () => {
    const response = await respond();
    await changeIdentity(systemActor(project.id), person.id, () => ({ state: 'inactive' }));
    const refusal = await send('finish', { response }, { headers: { 'accept-language': 'de-AT' } });
    await changeIdentity(systemActor(project.id), person.id, () => ({ state: 'active' }));
    expect([refusal.status, refusal.body]).toEqual([
      403,
      {
        ok: false,
        error: { code: 'inactive_identity', sentence: expect.stringMatching(/Konto/), requestId: expect.any(String) },
      },
    ]);
    expect(refusal.headers['x-request-id']).toBe((refusal.body as { error: { requestId: string } }).error.requestId);
  });
});
