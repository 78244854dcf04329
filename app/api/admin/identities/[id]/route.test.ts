import { beforeAll, describe, expect, test } from 'vitest';
import { createIdentity, findIdentity } from '@/lib/identity/service';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { accessToken, adminApi, type Call } from '@/testing/admin-api';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities/{id}', handlers);
});

const someone = (traits: Record<string, unknown> = {}) =>
  createIdentity(api.actor, { traits: { email: `${newId()}@example.com`, ...traits } as never });
const on =
  (id: string) =>
  (method: string, call: Call = {}) =>
    api.call(method, { params: { id }, ...call });
const json = (response: Response) => response.json();

describe('GET', () => {
  test('returns 200 with a strong ETag, and 304 when it matches', async () => {
    const { id } = await someone();
    const response = await on(id)('GET');
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({ id, credentials: {} });
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    const known = await on(id)('GET', { headers: { 'if-none-match': etag } });
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', etag]);
  });

  test.each(['does-not-exist', newId(), '01890000-0000-7000-8000-00000000000g', '%00', '\0', '\ud800'])(
    'returns 404 for %s',
    async (id) => {
      const response = await on(id)('GET');
      expect([response.status, (await json(response)).error.message]).toEqual([404, 'Unable to locate the resource']);
    },
  );

  test('returns 403 for passkeys with their keys to a token that may read identities only', async () => {
    const { id } = await someone();
    const token = await accessToken(api.project, ['identities:read']);
    const asked = await on(id)('GET', { token, query: '?include_credential=passkey' });
    expect(asked.status).toBe(403);
    expect(asked.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="credentials:read"');
    const both = await accessToken(api.project, ['identities:read', 'credentials:read']);
    for (const call of [{ token }, { token: both, query: '?include_credential=passkey' }])
      expect((await on(id)('GET', call)).status).toBe(200);
  });

  test('returns nothing of the person to a token that may write and not read', async () => {
    const { id } = await someone({ name: { last: 'Secret' } });
    const token = await accessToken(api.project, ['identities:write']);
    const of = async (method: string, body: unknown) => json(await on(id)(method, { token, body }));
    const withoutDetails = {
      id,
      state: 'active',
      traits: {},
      verifiable_addresses: [],
      metadata_admin: null,
      credentials: {},
    };
    expect(await of('PATCH', [])).toMatchObject(withoutDetails);
    expect(await of('PUT', { traits: { email: `${newId()}@example.com` } })).toMatchObject(withoutDetails);
    const both = await accessToken(api.project, ['identities:write', 'identities:read']);
    expect((await json(await on(id)('PATCH', { token: both, body: [] }))).traits.email).toBeDefined();
  });

  test('returns 400 for an unknown credential type', async () => {
    const { id } = await someone();
    expect((await on(id)('GET', { query: '?include_credential=nonsense' })).status).toBe(400);
    expect((await on(id)('GET', { query: '?include_credential=password' })).status).toBe(200);
  });
});

describe('PUT', () => {
  test('returns 200, replaces the document, and clears omitted fields', async () => {
    const { id } = await someone();
    const traits = { email: `${newId()}@example.com`, name: { first: 'John', last: 'Doe', 'academic-degree': 'Dr.' } };
    const full = {
      schema_id: 'default',
      state: 'inactive',
      traits,
      metadata_public: { a: 1 },
      metadata_admin: 2,
      external_id: newId(),
    };
    expect(await json(await on(id)('PUT', { body: full }))).toMatchObject(full);
    const after = await json(await on(id)('PUT', { body: { traits } }));
    expect(after).toMatchObject({ state: 'inactive', metadata_public: null, metadata_admin: null });
    expect(after).not.toHaveProperty('external_id');
  });

  test('changes state_changed_at only on a change of state', async () => {
    const identity = await someone();
    const body = { traits: identity.traits, state: 'active' };
    const same = await json(await on(identity.id)('PUT', { body }));
    expect(same.state_changed_at).toBe(identity.stateChangedAt.toISOString());
    const moved = await json(await on(identity.id)('PUT', { body: { ...body, state: 'inactive' } }));
    expect(moved.state_changed_at).not.toBe(same.state_changed_at);
  });

  test('marks a changed email as a new, unverified address', async () => {
    const { id } = await someone();
    const body = { traits: { email: `New-${newId()}@example.com` } };
    const after = await json(await on(id)('PUT', { body }));
    expect(after.verifiable_addresses).toMatchObject([
      { value: body.traits.email.toLowerCase(), verified: false, status: 'pending' },
    ]);
  });

  test.each<[string, Call]>([
    ['an empty body', { rawBody: '' }],
    ['another content type', { rawBody: '{}', headers: { 'content-type': 'text/plain' } }],
    ['an unknown field', { body: { traits: { email: 'a@example.com' }, id: 'x' } }],
    ['a bad state', { body: { traits: { email: 'a@example.com' }, state: 'x' } }],
    ['unfit traits', { body: { traits: {} } }],
    ['an unknown schema', { body: { schema_id: 'x', traits: { email: 'a@example.com' } } }],
  ])('returns 400 for %s', async (_, call) => {
    const { id } = await someone();
    expect((await on(id)('PUT', call)).status).toBe(400);
  });

  test('returns 404 for an unknown identity, after 400 for an invalid body', async () => {
    expect((await on(newId())('PUT', { body: { traits: { email: 'a@example.com' } } })).status).toBe(404);
    expect((await on(newId())('PUT', { rawBody: '{' })).status).toBe(400);
  });

  test('returns 409 for an address or external ID of another identity', async () => {
    const [first, second] = await Promise.all([someone(), someone()]);
    expect((await on(first.id)('PUT', { body: { traits: second.traits } })).status).toBe(409);
    const external = { external_id: newId() };
    expect((await on(second.id)('PUT', { body: { traits: second.traits, ...external } })).status).toBe(200);
    expect((await on(first.id)('PUT', { body: { traits: first.traits, ...external } })).status).toBe(409);
  });
});

describe('PATCH', () => {
  const replaceFirst = (value: unknown) => [{ op: 'replace', path: '/traits/name/first', value }];

  test('returns 200 for both media types', async () => {
    const { id } = await someone({ name: { first: 'Ada' } });
    const types = ['application/json', 'application/json-patch+json'];
    for (const type of types) {
      const response = await on(id)('PATCH', { body: replaceFirst(type), headers: { 'content-type': type } });
      expect((await json(response)).traits.name.first).toBe(type);
    }
  });

  test('sets and clears verified', async () => {
    const { id } = await someone();
    const set = (value: boolean) => [{ op: 'replace', path: '/verifiable_addresses/0/verified', value }];
    const verified = await json(await on(id)('PATCH', { body: set(true) }));
    expect(verified.verifiable_addresses[0]).toMatchObject({
      verified: true,
      status: 'completed',
      verified_at: expect.any(String),
    });
    const cleared = await json(await on(id)('PATCH', { body: set(false) }));
    expect(cleared.verifiable_addresses[0]).not.toHaveProperty('verified_at');
  });

  test('returns 415 and names the accepted types', async () => {
    const { id } = await someone();
    const response = await on(id)('PATCH', {
      rawBody: '[]',
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect([response.status, response.headers.get('accept-patch')]).toEqual([
      415,
      'application/json, application/json-patch+json',
    ]);
  });

  test('returns 409 for a failed test, and applies nothing of the patch', async () => {
    const { id, version } = await someone({ name: { first: 'Ada' } });
    const body = [...replaceFirst('Bob'), { op: 'test', path: '/state', value: 'inactive' }];
    expect((await on(id)('PATCH', { body })).status).toBe(409);
    expect((await findIdentity(api.project.id, id))?.version).toBe(version);
  });

  test.each<[string, unknown]>([
    ['a denied path', [{ op: 'replace', path: '/id', value: 'x' }]],
    ['a denied from', [{ op: 'copy', from: '/credentials', path: '/metadata_public' }]],
    ['no list', { op: 'replace' }],
    ['traits that no longer fit', [{ op: 'remove', path: '/traits/email' }]],
    ['a schema that is not there', [{ op: 'replace', path: '/schema_id', value: 'x' }]],
    ['a bad state', [{ op: 'replace', path: '/state', value: 'x' }]],
  ])('returns 400 for %s, and writes nothing', async (_, body) => {
    const { id, version } = await someone({ name: { first: 'Ada' } });
    expect((await on(id)('PATCH', { body })).status).toBe(400);
    expect((await findIdentity(api.project.id, id))?.version).toBe(version);
  });

  test('returns 404 for an unknown identity', async () => {
    expect((await on(newId())('PATCH', { body: replaceFirst('x') })).status).toBe(404);
  });
});

describe('If-Match', () => {
  test('returns 412 for a stale ETag on PUT, PATCH and DELETE, and changes nothing', async () => {
    const identity = await someone({ name: { first: 'Ada' } });
    const headers = { 'if-match': '"0"' };
    expect((await on(identity.id)('PUT', { body: { traits: identity.traits }, headers })).status).toBe(412);
    expect((await on(identity.id)('PATCH', { body: [], headers })).status).toBe(412);
    expect((await on(identity.id)('DELETE', { headers })).status).toBe(412);
    expect(await findIdentity(api.project.id, identity.id)).toEqual(identity);
  });

  test.each(['"1"', '*', '"7", "1"'])('matches %s, and never a weak tag', async (tag) => {
    const { id } = await someone();
    const body = [{ op: 'add', path: '/metadata_public', value: 1 }];
    expect((await on(id)('PATCH', { body, headers: { 'if-match': 'W/"1"' } })).status).toBe(412);
    expect((await on(id)('PATCH', { body, headers: { 'if-match': tag } })).status).toBe(200);
  });

  test('lets one of 20 concurrent writers succeed, with the ETag that is then current', async () => {
    const { id } = await someone();
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, value) =>
        on(id)('PATCH', { body: [{ op: 'add', path: '/metadata_public', value }], headers: { 'if-match': '"1"' } }),
      ),
    );
    const winners = responses.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 412)).toHaveLength(19);
    const now = await on(id)('GET');
    expect(winners[0]?.headers.get('etag')).toBe(now.headers.get('etag'));
  });
});

describe('If-None-Match', () => {
  test.each(['"1"', 'W/"1"', '"9", "1"', '*'])('%s matches: reads return 304, writes 412', async (tag) => {
    const identity = await someone();
    const headers = { 'if-none-match': tag };
    const read = await on(identity.id)('GET', { headers });
    expect([read.status, await read.text(), read.headers.get('etag')]).toEqual([304, '', '"1"']);
    expect((await on(identity.id)('HEAD', { headers })).status).toBe(304);
    expect((await on(identity.id)('PUT', { body: { traits: identity.traits }, headers })).status).toBe(412);
    expect((await on(identity.id)('PATCH', { body: [], headers })).status).toBe(412);
    expect((await on(identity.id)('DELETE', { headers })).status).toBe(412);
    expect(await findIdentity(api.project.id, identity.id)).toEqual(identity);
  });

  test.each(['"2"', 'W/"2"', '1', ''])('%j does not match: reads and writes proceed', async (tag) => {
    const { id } = await someone();
    const headers = { 'if-none-match': tag };
    expect((await on(id)('GET', { headers })).status).toBe(200);
    expect((await on(id)('DELETE', { headers })).status).toBe(204);
  });
});

describe('DELETE', () => {
  test('accepts the current ETag, or any', async () => {
    for (const tag of ['*', 'W/"1", "1"']) {
      const { id } = await someone();
      expect((await on(id)('DELETE', { headers: { 'if-match': 'W/"1"' } })).status).toBe(412);
      expect((await on(id)('DELETE', { headers: { 'if-match': tag } })).status).toBe(204);
      expect((await on(id)('DELETE', { headers: { 'if-match': tag } })).status).toBe(404);
    }
  });

  test('returns 204 without a body, then 404', async () => {
    const { id } = await someone();
    const response = await on(id)('DELETE');
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect((await on(id)('DELETE')).status).toBe(404);
    expect((await on(id)('GET')).status).toBe(404);
  });
});

describe('403: an identity that holds an operator role', () => {
  test('can be read, but not changed, deactivated or deleted', async () => {
    const operator = await someone();
    const now = new Date();
    const data = {
      id: newId(),
      organizationId: api.project.organizationId,
      identityId: operator.id,
      createdAt: now,
      updatedAt: now,
    };
    await (await db()).operator.create({ data: { ...data, role: 'viewer' } });
    expect((await on(operator.id)('GET')).status).toBe(200);
    expect((await on(operator.id)('PUT', { body: { traits: operator.traits, state: 'inactive' } })).status).toBe(403);
    expect((await on(operator.id)('PATCH', { body: [{ op: 'add', path: '/metadata_public', value: 1 }] })).status).toBe(
      403,
    );
    expect((await on(operator.id)('DELETE')).status).toBe(403);
  });
});

describe('405', () => {
  test('refuses POST, and names the allowed methods', async () => {
    const { id } = await someone();
    const response = await on(id)('POST', { body: {} });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, PATCH, DELETE']);
  });
});
