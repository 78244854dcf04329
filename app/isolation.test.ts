import { readdirSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ROUTE_LIST, type ScopedRoute } from '@/lib/api/routes';
import { CONTEXT_HEADER, keepContext, openContext } from '@/lib/http/context';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { currentSession } from '@/lib/web/session';
import { sessionCookieName } from '@/lib/web/session-cookie';
import { startSession } from '@/lib/web/sign-in';
import { accessToken, callHandler, type Handlers } from '@/testing/admin-api';
import { beginRequest, cookies, forgetCookies, headers, storedCookie } from '@/testing/next-request';
import { makeProject } from '@/testing/project';
import { makeTenant, rowsOf, type Tenant } from '@/testing/tenant';
import { GET as nextAuth } from './api/auth/[...nextauth]/route';
import { POST as tokenEndpoint } from './api/oauth2/token/route';
import { RESOURCES } from './api/routes';
import { GET as schema } from './api/schemas/[id]/route';
import { GET as schemas } from './api/schemas/route';
import { GET as keySet } from './api/well-known/jwks.json/route';
import { GET as download } from './profile/data/route';

vi.mock('next/headers', () => import('@/testing/next-request'));

/**
 * Tenant isolation over HTTP: two projects with rows of every kind. IDs, tokens and cookies of one open nothing at the
 * other, reveal nothing and change nothing. lib/isolation.test.ts covers the services.
 */
let one: Tenant;
let two: Tenant;

beforeAll(async () => {
  [one, two] = [await makeTenant(), await makeTenant()];
});
beforeEach(async () => {
  forgetCookies();
  await (await db()).rateLimit.deleteMany();
});

/** The text contains nothing of a tenant, except what was sent. */
function expectNothingOf({ marks }: Tenant, text: string, except: string[] = []): void {
  for (const mark of marks.filter((each) => !except.some((sent) => sent.includes(each))))
    expect(text).not.toContain(mark);
}

// ASVS 8.2.2, ASVS 8.4.1
describe('the admin API', () => {
  type Attempt = { params?: Record<string, string>; query?: string; body?: unknown };

  const SCHEMA = { properties: { traits: { type: 'object' } } };

  /** A valid body for each route, with the IDs of the given tenant. The compiler requires one per route. */
  const BODIES: Record<ScopedRoute, (foreign: Tenant) => unknown> = {
    'GET /admin/identities': () => undefined,
    'POST /admin/identities': ({ email, identity }) => ({ traits: { email }, external_id: identity.externalId }),
    'PATCH /admin/identities': ({ email, identity }) => ({
      identities: [{ create: { traits: { email }, external_id: identity.externalId } }],
    }),
    'GET /admin/identities/by/external/{externalId}': () => undefined,
    'GET /admin/identities/{id}': () => undefined,
    'PUT /admin/identities/{id}': () => ({
      schema_id: 'default',
      state: 'inactive',
      traits: { email: 'x@example.com' },
    }),
    'PATCH /admin/identities/{id}': () => [{ op: 'replace', path: '/state', value: 'inactive' }],
    'DELETE /admin/identities/{id}': () => undefined,
    'POST /admin/identities/{id}/restore': () => ({}),
    'GET /admin/identities/{id}/sessions': () => undefined,
    'DELETE /admin/identities/{id}/sessions': () => undefined,
    'GET /admin/identities/{id}/grants': () => undefined,
    'DELETE /admin/identities/{id}/grants': () => undefined,
    'GET /admin/identities/{id}/grants/{clientId}': () => undefined,
    'DELETE /admin/identities/{id}/grants/{clientId}': () => undefined,
    'GET /admin/identities/{id}/history': () => undefined,
    'POST /admin/identities/{id}/history/{event}/undo': () => undefined,
    'GET /admin/identities/export': () => undefined,
    'POST /admin/imports': ({ email }) => ({ traits: { email } }),
    'GET /admin/imports/{id}/errors': () => undefined,
    'GET /admin/identities/{id}/credentials': () => undefined,
    'DELETE /admin/identities/{id}/credentials/{type}': () => undefined,
    'PATCH /admin/identities/{id}/credentials/passkey/{credentialId}': () => ({ name: 'Mine' }),
    'DELETE /admin/identities/{id}/credentials/passkey/{credentialId}': () => undefined,
    'GET /admin/sessions': () => undefined,
    'GET /admin/sessions/{id}': () => undefined,
    'DELETE /admin/sessions/{id}': () => undefined,
    'POST /admin/recovery/link': ({ identity }) => ({ identity_id: identity.id }),
    'POST /admin/recovery/code': ({ identity }) => ({ identity_id: identity.id }),
    'GET /admin/applications': () => undefined,
    'POST /admin/applications': ({ application: { name, redirectUris }, group }) => ({
      ...{ client_name: name, redirect_uris: redirectUris, allowed_groups: [group.id] },
    }),
    'GET /admin/applications/{id}': () => undefined,
    'PUT /admin/applications/{id}': () => ({ client_name: 'Mine', redirect_uris: ['https://mine.example.com/'] }),
    'DELETE /admin/applications/{id}': () => undefined,
    'POST /admin/applications/{id}/secrets': () => ({ overlap_hours: 0 }),
    'DELETE /admin/applications/{id}/secrets/{secretId}': () => undefined,
    'GET /admin/groups': () => undefined,
    'POST /admin/groups': ({ group: { name } }) => ({ name }),
    'GET /admin/groups/{id}': () => undefined,
    'PUT /admin/groups/{id}': () => ({ name: 'Mine' }),
    'DELETE /admin/groups/{id}': () => undefined,
    'GET /admin/groups/{id}/members': () => undefined,
    'PUT /admin/groups/{id}/members/{identityId}': () => undefined,
    'DELETE /admin/groups/{id}/members/{identityId}': () => undefined,
    'GET /admin/audit-events': () => undefined,
    'GET /admin/jobs': () => undefined,
    'POST /admin/jobs': ({ identity }) => ({ action: 'deactivate', ids: [identity.id] }),
    'GET /admin/jobs/{id}': () => undefined,
    'POST /admin/jobs/{id}/stop': () => undefined,
    'POST /admin/jobs/{id}/undo': () => undefined,
    'POST /admin/schemas': () => ({ id: 'mine', schema: SCHEMA }),
    'PUT /admin/schemas/{id}': () => ({ schema: SCHEMA }),
    'DELETE /admin/schemas/{id}': () => undefined,
    'POST /admin/schemas/{id}/impact': () => ({ schema: SCHEMA }),
    'POST /admin/schemas/{id}/publish': () => ({ schema: SCHEMA }),
    'GET /admin/webhooks': () => undefined,
    'POST /admin/webhooks': () => ({ url: 'https://hooks.example.com' }),
    'GET /admin/webhooks/{id}': () => undefined,
    'PUT /admin/webhooks/{id}': () => ({ url: 'https://hooks.example.com' }),
    'DELETE /admin/webhooks/{id}': () => undefined,
    'POST /admin/webhooks/{id}/rotate': () => ({}),
    'POST /admin/webhooks/{id}/test': () => undefined,
    'GET /admin/webhooks/{id}/deliveries': () => undefined,
    'GET /admin/webhooks/{id}/deliveries/{event}': () => undefined,
    'POST /admin/webhooks/{id}/deliveries/{event}/send-again': () => undefined,
  };
  const ROUTES = Object.keys(BODIES) as ScopedRoute[];
  const paramsOf = (route: ScopedRoute) => [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const idsOf = ({ identity, passkey, proof, schemaId, credential, eventId, invitationId, ...of }: Tenant) => [
    ...[identity.id, identity.id.toUpperCase(), identity.externalId ?? '', identity.userHandle, proof.session.id],
    ...[passkey.id, passkey.credentialId, schemaId, credential.credential.clientId, eventId, invitationId],
    ...[of.deletedId, of.application.clientId, of.application.id, of.group.id],
    ...[of.webhookId, of.webhookEventId],
  ];

  async function call(route: ScopedRoute, at: Project, token: string, { params, query, body }: Attempt = {}) {
    const [method = '', name = ''] = route.split(' ');
    const handlers = (RESOURCES as Record<string, Handlers>)[name];
    const response = await callHandler(at, name, handlers ?? {}, method, { token, params, query, body });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Every ID of a tenant for each parameter; a single empty set without parameters. */
  const toSets = (names: string[], of: Tenant) =>
    names.length === 0 ? [{}] : idsOf(of).map((id) => Object.fromEntries(names.map((name) => [name, id])));

  /** Every foreign ID; with several parameters also after the caller's own first one. */
  function foreignSets(names: string[]): Record<string, string>[] {
    const [first = '', ...rest] = names;
    const own = rest.length === 0 ? [] : toSets(rest, one).map((set) => ({ [first]: two.identity.id, ...set }));
    return [...toSets(names, one), ...own];
  }

  test.each(ROUTES)('%s: a token of one project is invalid at the other', async (route) => {
    const before = await rowsOf(two);
    for (const params of toSets(paramsOf(route), two)) {
      const { status, headers, text } = await call(route, two.project, one.token, { params, body: BODIES[route](two) });
      expect([status, headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringContaining('error="invalid_token"'),
      ]);
      expectNothingOf(two, text);
    }
    expect(await rowsOf(two)).toEqual(before);
  });

  test.each(ROUTES.filter((route) => paramsOf(route).length > 0))(
    '%s: IDs of the other project are not found',
    async (route) => {
      const before = await rowsOf(one);
      for (const params of foreignSets(paramsOf(route))) {
        const { status, text } = await call(route, two.project, two.token, { params, body: BODIES[route](one) });
        expect([status, params]).toEqual([404, params]);
        expectNothingOf(one, text, Object.values(params));
      }
      expect(await rowsOf(one)).toEqual(before);
    },
  );

  test.each(ROUTES.filter((route) => paramsOf(route).length === 0))(
    '%s: reveals and changes nothing of the other project',
    async (route) => {
      const pageToken = await pageTokenOf(one);
      // A write with the foreign address creates a readable row, so that it needs a tenant of its own.
      const other = route.startsWith('GET') ? two : await makeTenant();
      const before = await rowsOf(one);
      const queries = idsOf(one).flatMap((id) => [
        `?ids=${id}`,
        `?q=${id}`,
        `?schema_id=${id}`,
        `?identity_id=${id}`,
        `?actor_id=${id}`,
        `?job_id=${id}`,
      ]);
      const addresses = ['credentials_identifier', 'preview_credentials_identifier_similar', 'q'];
      const searches = addresses.map((name) => `?${name}=${encodeURIComponent(one.email)}`);
      const pages = ['', '?per_page=1000', '?page_size=1000', `?page_size=1000&page_token=${pageToken}`];
      for (const query of [...pages, ...searches, ...queries]) {
        const sent = [one.email, one.identity.externalId ?? '', query];
        const { status, text } = await call(route, other.project, other.token, { query, body: BODIES[route](one) });
        expect(status).toBeLessThan(500);
        // The project's own events contain what was sent before, such as the filter of an export.
        const isHistory = route === 'GET /admin/audit-events';
        const echoed = isHistory ? [...sent, ...queries] : sent;
        expectNothingOf(one, text, route.startsWith('GET') && !isHistory ? [query] : echoed);
      }
      expect(await rowsOf(one)).toEqual(before);
    },
  );

  /** Resolves once the use of the token is recorded. */
  async function pageTokenOf({ project, token }: Tenant): Promise<string> {
    const { headers } = await call('GET /admin/identities', project, token, { query: '?page_size=1' });
    const inUse = async () => {
      const where = { projectId: project.id, lastUsedAt: { not: null } };
      return (await db()).apiCredential.count({ where });
    };
    await expect.poll(inUse).toBeGreaterThan(0);
    return /page_token=([^&>]+)/.exec(headers.get('link') ?? '')?.[1] ?? '';
  }

  /** Fields through which other products let a body choose the actor or the owner. */
  const SUBJECTS = [
    ...['id', 'user', 'user_id', 'userId', 'identity_id', 'identityId', 'owner_id', 'actor_id', 'actor', 'sub'],
    ...['client_id', 'session_id', 'project_id', 'projectId', 'organization_id', 'tenant', 'user_handle', 'role'],
  ];
  /** The body with a further field, unless the route already has it. */
  function withField(field: string, value: string, body: unknown): unknown {
    if (Array.isArray(body)) return [...body, { op: 'add', path: `/${field}`, value }];
    return typeof body === 'object' && body !== null ? { [field]: value, ...body } : body;
  }

  test.each(ROUTES)('CVE-2025-61928: %s takes the actor from no body, query or header', async (route) => {
    const { id } = two.identity;
    const before = await rowsOf(two);
    for (const params of toSets(paramsOf(route), two)) {
      const body = SUBJECTS.reduce((all, field) => withField(field, id, all), BODIES[route](two));
      const query = `?${SUBJECTS.map((field) => `${field}=${id}`).join('&')}`;
      const { status, text } = await call(route, two.project, '', { params, body, query });
      expect([status, params]).toEqual([401, params]);
      expectNothingOf(two, text);
    }
    expect(await rowsOf(two)).toEqual(before);
  });

  // An imported file may name IDs; each row is refused on its own, by a job.
  const WRITING = ROUTES.filter((route) => /^(POST|PUT|PATCH)/.test(route) && route !== 'POST /admin/imports');

  test.each(WRITING)('CVE-2026-49443: %s takes the owner from no body', async (route) => {
    const { ApiCredential: _, ApiCredentialSecret: _secret, ...before } = await rowsOf(two);
    const names = paramsOf(route);
    const own = { id: two.identity.id, credentialId: two.passkey.id, externalId: two.identity.externalId ?? '' };
    const params = Object.fromEntries(
      names.map((name) => [name, route.includes('schemas') ? two.schemaId : (own[name as keyof typeof own] ?? '')]),
    );
    for (const field of SUBJECTS) {
      const valid = BODIES[route](two);
      const body = withField(field, one.identity.id, valid);
      if (JSON.stringify(body) === JSON.stringify(valid)) continue;
      const { status, text } = await call(route, two.project, two.token, { params, body });
      expect([field, status, text]).toEqual([field, 400, text]);
    }
    const { ApiCredential: __, ApiCredentialSecret: __secret, ...after } = await rowsOf(two); // its last use changes
    expect(after).toEqual(before);
  });

  test('an address and an external ID of the other project are available', async () => {
    const project = await makeProject();
    const before = await rowsOf(one);
    const token = await accessToken(project, ['openid']);
    const create = () =>
      call('POST /admin/identities', project, token, { body: BODIES['POST /admin/identities'](one) });
    expect([(await create()).status, (await create()).status]).toEqual([201, 409]);
    expect(await rowsOf(one)).toEqual(before);
  });
});

describe('endpoints without an access token', () => {
  const requestAt = (project: Project, init: RequestInit = {}) => {
    const { id, name, origin } = project;
    const look = { project, accentColor: null, logoHash: null, isConsoleHost: true };
    const context = {
      requestId: newId(),
      address: '192.0.2.1',
      userAgent: '',
      projectId: id,
      projectName: name,
      origin,
      ...look,
    };
    return new Request(`${origin}/x`, {
      ...init,
      headers: {
        ...init.headers,
        [CONTEXT_HEADER]: keepContext(context, { method: init.method ?? 'GET', path: '/x' }),
      },
    });
  };
  const at = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });
  const textOf = async (response: Promise<Response>) => (await response).text();

  test('a client of one project gets the response for an unknown client at the other’s token endpoint', async () => {
    const { credential, clientSecret } = one.credential;
    const ask = async (clientId: string, secret: string, authorize: boolean) => {
      const basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
      const form = {
        grant_type: 'client_credentials',
        ...(!authorize && { client_id: clientId, client_secret: secret }),
      };
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        ...(authorize && { authorization: basic }),
      };
      const body = new URLSearchParams(form).toString();
      const response = await tokenEndpoint(requestAt(two.project, { method: 'POST', headers, body }), at());
      return { status: response.status, body: await response.json() };
    };
    const before = await rowsOf(one);
    for (const authorize of [true, false]) {
      const refused = await ask(credential.clientId, clientSecret, authorize);
      expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
      expect(refused).toEqual(await ask('sc_nobody', clientSecret, authorize));
    }
    const own = await ask(two.credential.credential.clientId, two.credential.clientSecret, true);
    expect(own.status).toBe(200);
    expect(await rowsOf(one)).toEqual(before);
  });

  test('a key set has only the project’s own keys', async () => {
    const keys = JSON.parse(await textOf(keySet(requestAt(two.project), at()))).keys;
    expect(keys.map(({ kid }: { kid: string }) => kid).sort()).toEqual([...two.kids].sort());
    expect(two.kids.filter((kid) => one.kids.includes(kid))).toEqual([]);
  });

  test('a schema is served only by its own project', async () => {
    for (const id of [one.schemaId, Buffer.from(one.schemaId).toString('base64url')]) {
      expect((await schema(requestAt(one.project), at({ id }))).status).toBe(200);
      expect((await schema(requestAt(two.project), at({ id }))).status).toBe(404);
    }
    expectNothingOf(one, await textOf(schemas(requestAt(two.project), at())));
  });
});

describe('the session cookie of one project', () => {
  const nameAt = ({ project: { id: projectId, origin } }: Tenant) => sessionCookieName({ projectId, origin });

  test('opens nothing at the other, under either name', async () => {
    beginRequest(one.project);
    await startSession(one.proof.session, one.identity);
    expect((await currentSession())?.identity.id).toBe(one.identity.id);
    const { value = '' } = storedCookie(nameAt(one)) ?? {};
    (await cookies()).set(nameAt(two), value);

    beginRequest(two.project);
    expect(await currentSession()).toBeNull();
    await expect(download()).rejects.toMatchObject({ digest: expect.stringContaining('/login') });
    const cookie = [one, two].map((at) => `${nameAt(at)}=${value}`).join('; ');
    const context = openContext((await headers()).get(CONTEXT_HEADER));
    const id = keepContext(context, { method: 'GET', path: '/api/auth/session' });
    const request = new Request(`${two.project.origin}/api/auth/session`, {
      headers: { [CONTEXT_HEADER]: id, cookie },
    });
    const answer = await nextAuth(request, { params: Promise.resolve({ nextauth: ['session'] }) });
    expect(await answer.json()).toEqual({});
  });

  test('downloads only the data of its own project', async () => {
    beginRequest(two.project);
    await startSession(two.proof.session, two.identity);
    const files = unzipSync(new Uint8Array(await (await download()).arrayBuffer()));
    const text = Object.values(files)
      .map((bytes) => strFromU8(bytes))
      .join();
    expect(text).toContain(two.email);
    expectNothingOf(one, text);
  });
});

test('covers every route file of the admin API', () => {
  const dir = path.join(import.meta.dirname, 'api/admin');
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|\/)route\.ts$/.test(name));
  const served = files.map((name) => `/admin/${path.posix.dirname(name).replaceAll(/\[(\w+)\]/g, '{$1}')}`);
  const scoped = ROUTE_LIST.filter(({ row }) => row.scope !== undefined);
  const walked = new Set(scoped.map(({ template }) => template));
  expect(served.filter((name) => !walked.has(name))).toEqual([]);
});
