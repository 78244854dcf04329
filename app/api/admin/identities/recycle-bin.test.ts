import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createIdentity, getIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { accessToken, adminApi, type Call } from '@/testing/admin-api';
import { keepDeleted } from '@/testing/project';
import * as history from './[id]/history/route';
import * as restoring from './[id]/restore/route';
import * as one from './[id]/route';
import * as list from './route';

type Api = Awaited<ReturnType<typeof adminApi>>;
let identities: Api;
let apis: { one: Api; restore: Api; history: Api };

beforeAll(async () => {
  identities = await adminApi('/admin/identities', list);
  apis = {
    one: await adminApi('/admin/identities/{id}', one),
    restore: await adminApi('/admin/identities/{id}/restore', restoring),
    history: await adminApi('/admin/identities/{id}/history', history),
  };
});
beforeEach(() => keepDeleted(identities.project));

const token = () => ({ token: identities.token });
const on = (api: keyof typeof apis, id: string, method: string, call: Call = {}) =>
  apis[api].call(method, { ...token(), params: { id }, ...call });
const someone = (first = 'Ada') =>
  createIdentity(identities.actor, { traits: { email: `${newId()}@example.com`, name: { first } } });
const statusOf = async (response: Promise<Response>) => (await response).status;

/** An identity in the recycle bin. */
async function deleted(first?: string) {
  const made = await someone(first);
  expect(await statusOf(on('one', made.id, 'DELETE'))).toBe(204);
  return made;
}

describe('DELETE', () => {
  test('moves into the recycle bin: then GET and a second DELETE are 404', async () => {
    const { id } = await deleted();
    expect(await statusOf(on('one', id, 'GET'))).toBe(404);
    expect(await statusOf(on('one', id, 'DELETE'))).toBe(404);
    const response = await on('one', id, 'GET', { query: '?deleted=true' });
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await response.json()).toMatchObject({
      id,
      traits: { name: { first: 'Ada' } },
      deleted_at: expect.any(String),
      purge_at: expect.any(String),
      deleted_by: { type: 'api_credential', id: expect.any(String) },
      passkey_count: 0,
    });
  });

  test('with purge=true deletes permanently, also from the recycle bin', async () => {
    const [direct, binned] = [await someone(), await deleted()];
    for (const { id } of [direct, binned]) {
      expect(await statusOf(on('one', id, 'DELETE', { query: '?purge=true' }))).toBe(204);
      expect(await statusOf(on('one', id, 'GET', { query: '?deleted=true' }))).toBe(404);
      expect(await statusOf(on('one', id, 'DELETE', { query: '?purge=true' }))).toBe(404);
      const events = await (await on('history', id, 'GET')).json();
      expect(JSON.stringify(events)).not.toContain('@example.com');
    }
  });

  test('compares If-Match, also for a purge', async () => {
    const { id } = await deleted();
    const stale = { headers: { 'if-match': '"9"' }, query: '?purge=true' };
    expect(await statusOf(on('one', id, 'DELETE', stale))).toBe(412);
    expect(await statusOf(on('one', id, 'DELETE', { query: '?purge=yes' }))).toBe(400);
    expect(await statusOf(on('one', id, 'GET', { query: '?deleted=true' }))).toBe(200);
  });
});

describe('the list with deleted=true', () => {
  test('is in order of deletion, paged in both modes and searchable', async () => {
    const word = `w${newId()}`;
    const made = [await deleted(`${word} One`), await deleted(`${word} Two`), await deleted(`${word} Three`)];
    const read = async (query: string) => {
      const response = await identities.call('GET', { ...token(), query: `?deleted=true&q=${word}${query}` });
      expect(response.status).toBe(200);
      const ids = (await response.json()).map(({ id }: { id: string }) => id);
      return { ids, total: response.headers.get('x-total-count'), link: response.headers.get('link') ?? '' };
    };
    const ids = made.map(({ id }) => id);
    expect(await read('')).toMatchObject({ ids, total: '3' });
    expect(await read('&per_page=2&page=1')).toMatchObject({ ids: ids.slice(2), total: '3' });
    const first = await read('&page_size=2');
    expect(first.ids).toEqual(ids.slice(0, 2));
    const next = new URL(/<([^>]+)>; ?rel="next"/.exec(first.link)?.[1] ?? '');
    const second = await identities.call('GET', { ...token(), query: next.search });
    expect((await second.json()).map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
  });

  test('leaves other lists as they are, and refuses their filters', async () => {
    const { id } = await deleted();
    const live = await identities.call('GET', { ...token(), query: `?ids=${id}` });
    expect(await live.json()).toEqual([]);
    const found = await identities.call('GET', { ...token(), query: `?ids=${id}&deleted=true` });
    expect(await found.json()).toHaveLength(1);
    for (const filter of ['state=active', 'schema_id=default', 'credentials_identifier=a@b.example']) {
      const refused = await identities.call('GET', { ...token(), query: `?deleted=true&${filter}` });
      expect(refused.status).toBe(400);
    }
  });
});

describe('POST restore', () => {
  test('restores with and without a body, once', async () => {
    const [one, two] = [await deleted(), await deleted()];
    const restored = await on('restore', one.id, 'POST');
    expect([restored.status, restored.headers.get('etag'), (await restored.json()).id]).toEqual([200, '"2"', one.id]);
    expect(await statusOf(on('restore', two.id, 'POST', { body: {} }))).toBe(200);
    expect(await statusOf(on('restore', one.id, 'POST'))).toBe(404);
    expect(await statusOf(on('one', one.id, 'GET'))).toBe(200);
  });

  test('repeats its response for a repeated Idempotency-Key', async () => {
    const { id } = await deleted();
    const headers = { 'idempotency-key': newId() };
    const first = await on('restore', id, 'POST', { body: {}, headers });
    const again = await on('restore', id, 'POST', { body: {}, headers });
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    expect(await again.text()).toBe(await first.text());
  });

  test('names obstacles by the pointers that remove them, without values for a token that may not read', async () => {
    const gone = await deleted();
    const email = String(gone.traits.email);
    await createIdentity(identities.actor, { traits: { email } });
    const refused = await on('restore', gone.id, 'POST');
    expect(refused.status).toBe(409);
    const { details } = (await refused.json()).error;
    expect(details.violations).toEqual([
      {
        pointer: '/traits/email',
        message: 'is used by another identity',
        keyword: 'identifier_taken',
        params: { value: email },
      },
    ]);
    const writer = await accessToken(identities.project, ['identities:write']);
    expect(await (await on('restore', gone.id, 'POST', { token: writer })).text()).not.toContain(email);
    const changes = { '/traits/email': `${newId()}@example.com` };
    const restored = await on('restore', gone.id, 'POST', { token: writer, body: { changes } });
    expect([restored.status, (await restored.json()).traits]).toEqual([200, {}]);
    expect((await getIdentity(identities.project.id, gone.id)).traits.email).toBe(changes['/traits/email']);
  });

  test('refuses a stale If-Match, an unknown field and a token that may only read', async () => {
    const { id } = await deleted();
    expect(await statusOf(on('restore', id, 'POST', { headers: { 'if-match': '"2"' } }))).toBe(412);
    expect(await statusOf(on('restore', id, 'POST', { body: { traits: {} } }))).toBe(400);
    const reader = await accessToken(identities.project, ['identities:read']);
    expect(await statusOf(on('restore', id, 'POST', { token: reader }))).toBe(403);
    expect(await statusOf(on('restore', 'x', 'POST'))).toBe(404);
  });
});
