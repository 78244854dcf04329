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
  test('200 with a strong ETag; 304 for one that is known', async () => {
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
    '404 for %s',
    async (id) => {
      const response = await on(id)('GET');
      expect([response.status, (await json(response)).error.message]).toEqual([404, 'Unable to locate the resource']);
    },
  );

  test('403 for passkeys with their keys to a token that may read identities only', async () => {
    const { id } = await someone();
    const token = await accessToken(api.project, ['identities:read']);
    const asked = await on(id)('GET', { token, query: '?include_credential=passkey' });
    expect(asked.status).toBe(403);
    expect(asked.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="credentials:read"');
    const both = await accessToken(api.project, ['identities:read', 'credentials:read']);
    for (const call of [{ token }, { token: both, query: '?include_credential=passkey' }])
      expect((await on(id)('GET', call)).status).toBe(200);
  });

  test('who may write and not read learns nothing of the person from the answer', async () => {
    const { id } = await someone({ name: { last: 'Secret' } });
    const token = await accessToken(api.project, ['identities:write']);
    const of = async (method: string, body: unknown) => json(await on(id)(method, { token, body }));
    const untold = { id, state: 'active', traits: {}, verifiable_addresses: [], metadata_admin: null, credentials: {} };
    expect(await of('PATCH', [])).toMatchObject(untold);
    expect(await of('PUT', { traits: { email: `${newId()}@example.com` } })).toMatchObject(untold);
    const both = await accessToken(api.project, ['identities:write', 'identities:read']);
    expect((await json(await on(id)('PATCH', { token: both, body: [] }))).traits.email).toBeDefined();
  });

  test('400 for a credential that does not exist', async () => {
    const { id } = await someone();
    expect((await on(id)('GET', { query: '?include_credential=nonsense' })).status).toBe(400);
    expect((await on(id)('GET', { query: '?include_credential=password' })).status).toBe(200);
  });
});

describe('PUT', () => {
  test('200: replaces, and wipes what is not sent', async () => {
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

  test('state_changed_at moves only on a real change', async () => {
    const identity = await someone();
    const body = { traits: identity.traits, state: 'active' };
    const same = await json(await on(identity.id)('PUT', { body }));
    expect(same.state_changed_at).toBe(identity.stateChangedAt.toISOString());
    const moved = await json(await on(identity.id)('PUT', { body: { ...body, state: 'inactive' } }));
    expect(moved.state_changed_at).not.toBe(same.state_changed_at);
  });

  test('a changed e-mail is a new, unverified address', async () => {
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
  ])('400 for %s', async (_, call) => {
    const { id } = await someone();
    expect((await on(id)('PUT', call)).status).toBe(400);
  });

  test('404 for nobody, but a bad body is told first', async () => {
    expect((await on(newId())('PUT', { body: { traits: { email: 'a@example.com' } } })).status).toBe(404);
    expect((await on(newId())('PUT', { rawBody: '{' })).status).toBe(400);
  });

  test('409 for an address or external id of somebody else', async () => {
    const [first, second] = await Promise.all([someone(), someone()]);
    expect((await on(first.id)('PUT', { body: { traits: second.traits } })).status).toBe(409);
    const external = { external_id: newId() };
    expect((await on(second.id)('PUT', { body: { traits: second.traits, ...external } })).status).toBe(200);
    expect((await on(first.id)('PUT', { body: { traits: first.traits, ...external } })).status).toBe(409);
  });
});

describe('PATCH', () => {
  const replaceFirst = (value: unknown) => [{ op: 'replace', path: '/traits/name/first', value }];

  test('200 with both media types', async () => {
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

  test('415 names what is accepted', async () => {
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

  test('409 for a failed test, and nothing of the patch is done', async () => {
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
  ])('400 for %s, and nothing is written', async (_, body) => {
    const { id, version } = await someone({ name: { first: 'Ada' } });
    expect((await on(id)('PATCH', { body })).status).toBe(400);
    expect((await findIdentity(api.project.id, id))?.version).toBe(version);
  });

  test('404 for nobody', async () => {
    expect((await on(newId())('PATCH', { body: replaceFirst('x') })).status).toBe(404);
  });
});

describe('If-Match', () => {
  test('412 when stale, for PUT, PATCH and DELETE, and nothing changes', async () => {
    const identity = await someone({ name: { first: 'Ada' } });
    const headers = { 'if-match': '"0"' };
    expect((await on(identity.id)('PUT', { body: { traits: identity.traits }, headers })).status).toBe(412);
    expect((await on(identity.id)('PATCH', { body: [], headers })).status).toBe(412);
    expect((await on(identity.id)('DELETE', { headers })).status).toBe(412);
    expect(await findIdentity(api.project.id, identity.id)).toEqual(identity);
  });

  test.each(['"1"', '*', '"7", "1"'])('%s matches; a weak tag never does', async (tag) => {
    const { id } = await someone();
    const body = [{ op: 'add', path: '/metadata_public', value: 1 }];
    expect((await on(id)('PATCH', { body, headers: { 'if-match': 'W/"1"' } })).status).toBe(412);
    expect((await on(id)('PATCH', { body, headers: { 'if-match': tag } })).status).toBe(200);
  });

  test('of 20 parallel writers one is 200, and its ETag is the identity’s', async () => {
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
  test.each(['"1"', 'W/"1"', '"9", "1"', '*'])(
    '%s of what is there: 304 to who reads, 412 to who writes',
    async (tag) => {
      const identity = await someone();
      const headers = { 'if-none-match': tag };
      const read = await on(identity.id)('GET', { headers });
      expect([read.status, await read.text(), read.headers.get('etag')]).toEqual([304, '', '"1"']);
      expect((await on(identity.id)('HEAD', { headers })).status).toBe(304);
      expect((await on(identity.id)('PUT', { body: { traits: identity.traits }, headers })).status).toBe(412);
      expect((await on(identity.id)('PATCH', { body: [], headers })).status).toBe(412);
      expect((await on(identity.id)('DELETE', { headers })).status).toBe(412);
      expect(await findIdentity(api.project.id, identity.id)).toEqual(identity);
    },
  );

  test.each(['"2"', 'W/"2"', '1', ''])('%j of what is not there changes nothing', async (tag) => {
    const { id } = await someone();
    const headers = { 'if-none-match': tag };
    expect((await on(id)('GET', { headers })).status).toBe(200);
    expect((await on(id)('DELETE', { headers })).status).toBe(204);
  });
});

describe('DELETE', () => {
  test('with the ETag that was read, or any', async () => {
    for (const tag of ['*', 'W/"1", "1"']) {
      const { id } = await someone();
      expect((await on(id)('DELETE', { headers: { 'if-match': 'W/"1"' } })).status).toBe(412);
      expect((await on(id)('DELETE', { headers: { 'if-match': tag } })).status).toBe(204);
      expect((await on(id)('DELETE', { headers: { 'if-match': tag } })).status).toBe(404);
    }
  });

  test('204 without a body, then 404', async () => {
    const { id } = await someone();
    const response = await on(id)('DELETE');
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect((await on(id)('DELETE')).status).toBe(404);
    expect((await on(id)('GET')).status).toBe(404);
  });
});

describe('403: an identity that holds an operator role', () => {
  test('can be read, not changed, deactivated or deleted', async () => {
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
  test('POST is refused with what is allowed', async () => {
    const { id } = await someone();
    const response = await on(id)('POST', { body: {} });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, PATCH, DELETE']);
  });
});
