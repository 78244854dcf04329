import { beforeAll, describe, expect, test } from 'vitest';
import { changeIdentity, createIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { accessToken, adminApi } from '@/testing/admin-api';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities', handlers);
});

const email = () => `${newId()}@example.com`;
const reasonOf = async (response: Response) => (await response.json()).error.reason;

describe('POST 201', () => {
  test('returns the identity with its Location and ETag', async () => {
    const traits = {
      email: 'John.Doe@example.com',
      name: { first: 'John', last: 'Doe', 'academic-degree': 'Prof. Dr.' },
    };
    const response = await api.call('POST', { body: { schema_id: 'default', traits } });
    const identity = await response.json();
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`http://localhost:3000/admin/identities/${identity.id}`);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-request-id')).toBe('test-request');
    expect(identity).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      schema_id: 'default',
      schema_url: 'http://localhost:3000/schemas/ZGVmYXVsdA',
      state: 'active',
      state_changed_at: expect.stringMatching(/Z$/),
      traits,
      verifiable_addresses: [
        expect.objectContaining({ value: 'john.doe@example.com', verified: false, via: 'email', status: 'pending' }),
      ],
      recovery_addresses: [expect.objectContaining({ value: 'john.doe@example.com', via: 'email' })],
      metadata_public: null,
      metadata_admin: null,
      organization_id: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(Object.keys(identity.traits.name)).toEqual(['first', 'last', 'academic-degree']);
  });

  test('accepts state, metadata, external ID and verified addresses', async () => {
    const address = email();
    const body = {
      traits: { email: address },
      state: 'inactive',
      metadata_public: { plan: 'pro' },
      metadata_admin: [1, null, 'x'],
      external_id: newId(),
      organization_id: null,
      verifiable_addresses: [{ value: address, via: 'email', verified: true, status: 'completed' }],
    };
    const identity = await (await api.call('POST', { body })).json();
    expect(identity).toMatchObject({
      state: 'inactive',
      metadata_public: { plan: 'pro' },
      metadata_admin: [1, null, 'x'],
      external_id: body.external_id,
    });
    expect(identity.verifiable_addresses[0]).toMatchObject({ verified: true, verified_at: expect.any(String) });
  });
});

describe('POST 400', () => {
  test.each([
    ['id', { id: newId() }],
    ['schema_url', { schema_url: 'x' }],
    ['credentials', { credentials: {} }],
    ['created_at', { created_at: 'x' }],
  ])('names an unknown field: %s', async (name, extra) => {
    const response = await api.call('POST', { body: { traits: { email: email() }, ...extra } });
    expect(response.status).toBe(400);
    expect(await reasonOf(response)).toContain(`"${name}"`);
  });

  test('names an unknown schema', async () => {
    const response = await api.call('POST', { body: { schema_id: 'nope', traits: { email: email() } } });
    expect([response.status, await reasonOf(response)]).toEqual([400, 'Unable to find JSON Schema ID: nope']);
  });

  test.each<[string, unknown, string]>([
    ['empty e-mail', { traits: { email: '' } }, '/traits/email'],
    ['no e-mail', { traits: {} }, '/traits/email'],
    ['no traits', {}, '/traits/email'],
    ['a trait too many', { traits: { email: 'a@example.com', age: 3 } }, '/traits/age'],
    ['a name too many', { traits: { email: 'a@example.com', name: { nick: 'x' } } }, '/traits/name/nick'],
    ['a wrong type', { traits: { email: 'a@example.com', name: { first: 7 } } }, '/traits/name/first'],
    ['traits that are a list', { traits: [] }, '/traits'],
    ['a bad state', { traits: { email: 'a@example.com' }, state: 'asleep' }, '/state'],
    ['an organization', { traits: { email: 'a@example.com' }, organization_id: newId() }, '/organization_id'],
  ])('reports %s with its pointer', async (_, body, pointer) => {
    const response = await api.call('POST', { body });
    const { error } = await response.json();
    expect([response.status, error.code, error.status]).toEqual([400, 400, 'Bad Request']);
    expect(error.details.violations.map((violation: { pointer: string }) => violation.pointer)).toContain(pointer);
    expect(error.request).toBe('test-request');
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['malformed JSON', '{"traits":'],
    ['an empty body', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['duplicate keys', '{"traits":{"email":"a@example.com","email":"b@example.com"}}'],
    ['__proto__', '{"traits":{"email":"a@example.com","__proto__":{"x":1}}}'],
    ['NUL', '{"traits":{"email":"a@example.com","name":{"first":"a\\u0000b"}}}'],
    ['NUL in a key', '{"metadata_public":{"a\\u0000":1}}'],
    ['half of a surrogate pair', '{"metadata_public":["\\ud800"]}'],
    ['NUL as schema', '{"schema_id":"\\u0000","traits":{"email":"a@example.com"}}'],
    ['broken UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['depth of 20,000', `{"metadata_public":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('refuses %s', async (_, rawBody) => {
    expect((await api.call('POST', { rawBody })).status).toBe(400);
  });

  test('refuses another content type, and none', async () => {
    const rawBody = JSON.stringify({ traits: { email: email() } });
    expect((await api.call('POST', { rawBody, headers: { 'content-type': 'text/plain' } })).status).toBe(400);
    expect(
      (await api.call('POST', { rawBody, headers: { 'content-type': 'application/json; charset=utf-8' } })).status,
    ).toBe(201);
  });
});

describe('401', () => {
  test('challenges with the realm only when there is no token', async () => {
    const response = await api.call('GET', { token: null });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="signet"']);
  });

  test.each(['x', 'a.b.c', ''])('reports an invalid token (%j)', async (token) => {
    const response = await api.call('GET', { token: null, headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test('precedes the check of the body, and ignores a token in the query', async () => {
    expect((await api.call('POST', { token: null, rawBody: '{' })).status).toBe(401);
    expect((await api.call('GET', { token: null, query: `?access_token=${api.token}` })).status).toBe(401);
  });

  test('accepts the scheme in any case', async () => {
    const response = await api.call('GET', { token: null, headers: { authorization: `bEaReR ${api.token}` } });
    expect(response.status).toBe(200);
  });
});

describe('403', () => {
  test('reading does not imply writing, nor writing reading', async () => {
    const reader = await accessToken(api.project, ['identities:read']);
    const refused = await api.call('POST', { token: reader, rawBody: '{' });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="identities:write"');
    const writer = await accessToken(api.project, ['identities:write']);
    expect((await api.call('GET', { token: writer })).status).toBe(403);
  });

  test('a read-only credential cannot write, even with a token that has write scopes', async () => {
    const token = await accessToken(api.project, ['openid'], 'read');
    expect((await api.call('GET', { token })).status).toBe(200);
    expect((await api.call('POST', { token, body: { traits: { email: email() } } })).status).toBe(403);
  });
});

describe('405', () => {
  test.each(['PUT', 'DELETE'])('refuses %s and names the allowed methods, also without a token', async (method) => {
    const response = await api.call(method, { token: null });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST, PATCH');
  });
});

describe('409', () => {
  test('refuses a taken address, in any case', async () => {
    const address = email();
    expect((await api.call('POST', { body: { traits: { email: address } } })).status).toBe(201);
    const second = await api.call('POST', { body: { traits: { email: address.toUpperCase() } } });
    expect(second.status).toBe(409);
    expect((await second.json()).error.message).toContain('conflicts');
  });

  test('accepts one of 60 concurrent creations, and returns 409 for the rest', async () => {
    const body = { traits: { email: email() } };
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => (await api.call('POST', { body })).status),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(59);
  });
});

describe('413 and 415', () => {
  test('refuses a body of 3 MB, with and without Content-Length', async () => {
    const rawBody = `{"metadata_public":"${'x'.repeat(3_000_000)}"}`;
    expect((await api.call('POST', { rawBody })).status).toBe(413);
    expect((await api.call('POST', { rawBody, headers: { 'content-length': '10' } })).status).toBe(413);
  });

  test('refuses a compressed body', async () => {
    const response = await api.call('POST', { body: {}, headers: { 'content-encoding': 'gzip' } });
    expect(response.status).toBe(415);
  });
});

describe('GET 200', () => {
  test('returns a bare array, in order of creation, in pages that begin at 0', async () => {
    const made = await Promise.all(
      Array.from({ length: 7 }, () => createIdentity(api.actor, { traits: { email: email() } })),
    );
    const ids = made.map(({ id }) => `ids=${id}`).join('&');
    const pages = [];
    for (const page of [0, 1, 2]) {
      const response = await api.call('GET', { query: `?per_page=3&page=${page}&${ids}` });
      expect(response.headers.get('x-total-count')).toBe('7');
      pages.push(...(await response.json()).map(({ id }: { id: string }) => id));
    }
    expect(pages).toEqual(made.map(({ id }) => id).sort());
  });

  test('keeps the filter in links, and ends them at the last page', async () => {
    const first = await api.call('GET', { query: '?per_page=1&page=0&state=active' });
    const link = first.headers.get('link') ?? '';
    expect(link).toContain('<http://localhost:3000/admin/identities?page=1&per_page=1&state=active>; rel="next"');
    expect(link).toContain('rel="last"');
    const beyond = await api.call('GET', { query: '?page=999999&per_page=1000' });
    expect(await beyond.json()).toEqual([]);
    expect(beyond.headers.get('link')).not.toContain('rel="next"');
  });

  test('returns each identity once by keyset, without counting', async () => {
    const marks = await Promise.all(
      Array.from({ length: 5 }, () => createIdentity(api.actor, { traits: { email: email() }, state: 'inactive' })),
    );
    const seen: string[] = [];
    let query: string | null = '?page_size=2&state=inactive';
    while (query) {
      const response = await api.call('GET', { query });
      expect(response.headers.get('x-total-count')).toBeNull();
      seen.push(...(await response.json()).map(({ id }: { id: string }) => id));
      query = response.headers.get('link')?.match(/<[^>?]*(\?[^>]*)>; rel="next"/)?.[1] ?? null;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(marks.map(({ id }) => id)));
  });

  test('finds by identifier in any case', async () => {
    const identity = await createIdentity(api.actor, { traits: { email: 'Find.Me@example.com' } });
    const response = await api.call('GET', { query: '?credentials_identifier=FIND.me@EXAMPLE.com' });
    expect((await response.json()).map(({ id }: { id: string }) => id)).toEqual([identity.id]);
    expect(await (await api.call('GET', { query: '?credentials_identifier=nobody@example.com' })).json()).toEqual([]);
  });

  test('combines filters', async () => {
    const identity = await createIdentity(api.actor, { traits: { email: email() } });
    await changeIdentity(api.actor, identity.id, () => ({ state: 'inactive' }));
    const get = async (query: string) => (await (await api.call('GET', { query })).json()).length;
    expect(await get(`?ids=${identity.id}&state=inactive&schema_id=default`)).toBe(1);
    expect(await get(`?ids=${identity.id}&state=active`)).toBe(0);
    expect(await get('?schema_id=other')).toBe(0);
  });

  test('clamps page sizes', async () => {
    expect((await (await api.call('GET', { query: '?per_page=0' })).json()).length).toBe(1);
    expect((await api.call('GET', { query: '?per_page=99999999' })).status).toBe(200);
  });

  test('sends the headers without the body for HEAD', async () => {
    const response = await api.call('HEAD');
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('x-total-count')).not.toBeNull();
  });
});

describe('GET 400', () => {
  test.each([
    'page=-1',
    'page=x',
    'per_page=-5',
    'per_page=1.5',
    'per_page=',
    'page_size=x',
    'page_token=forged',
    'ids=not-a-uuid',
    'state=asleep',
    'page=1&page=2',
    'schema_id=a%00',
    'credentials_identifier=%00',
    'count=%00',
    'count=roughly',
    'organization_id=x',
    'q=1+2+3+4+5+6+7+8+9',
    `q=${'x'.repeat(301)}`,
    'q=a&q=b',
    'preview_credentials_identifier_similar=%00',
    'unknown=%00',
    'unknown%00=1',
  ])('refuses %s', async (query) => {
    expect((await api.call('GET', { query: `?${query}` })).status).toBe(400);
  });

  test('refuses a page token of another filter', async () => {
    await Promise.all([1, 2].map(() => createIdentity(api.actor, { traits: { email: email() } })));
    const { headers } = await api.call('GET', { query: '?page_size=1&state=active' });
    const token = headers.get('link')?.match(/page_token=([^&>]+)/)?.[1];
    expect(token).toBeDefined();
    expect((await api.call('GET', { query: `?page_size=1&state=active&page_token=${token}` })).status).toBe(200);
    for (const other of ['', '&state=inactive', '&state=active&q=x', '&state=active&schema_id=default'])
      expect((await api.call('GET', { query: `?page_size=1&page_token=${token}${other}` })).status).toBe(400);
    const forged = `${Buffer.from(newId()).toString('base64url')}.${token?.split('.')[1]}`;
    expect((await api.call('GET', { query: `?page_size=1&state=active&page_token=${forged}` })).status).toBe(400);
  });

  test('refuses more than 500 IDs', async () => {
    const query = `?${Array.from({ length: 501 }, () => `ids=${newId()}`).join('&')}`;
    expect(await reasonOf(await api.call('GET', { query }))).toContain('must not exceed 500');
  });
});
