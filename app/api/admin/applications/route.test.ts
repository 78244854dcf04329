import { beforeAll, describe, expect, test } from 'vitest';
import { createGroup } from '@/lib/group/service';
import { newId } from '@/lib/platform/ids';
import { adminApi, type Call, callHandler } from '@/testing/admin-api';
import { readEvents } from '@/testing/events';
import * as one from './[id]/route';
import * as secret from './[id]/secrets/[secretId]/route';
import * as secrets from './[id]/secrets/route';
import * as handlers from './route';

const CALLBACK = 'https://wiki.example.com/callback';
let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/applications', handlers);
});

const create = (body: object = {}, call: Call = {}) =>
  api.call('POST', { body: { client_name: 'Wiki', redirect_uris: [CALLBACK], ...body }, ...call });
const made = async (body: object = {}) => (await create(body)).json();
const callOne = (method: string, id: string, call: Call = {}) =>
  callHandler(api.project, '/admin/applications/{id}', one, method, { token: api.token, params: { id }, ...call });

describe('POST', () => {
  test('returns the application with its secret once, Location and ETag', async () => {
    const response = await create({ require_pkce: false });
    const body = await response.json();
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`${api.project.origin}/admin/applications/${body.client_id}`);
    expect(body).toMatchObject({
      client_name: 'Wiki',
      client_secret: expect.stringMatching(/^signet_sk_/),
      application_type: 'web',
      token_endpoint_auth_method: 'client_secret_basic',
      redirect_uris: [CALLBACK],
      scope: 'openid profile email groups offline_access',
      allowed_groups: null,
      skip_consent: false,
      require_pkce: false,
      disabled: false,
    });
    const { client_secret: _, ...rest } = body;
    const read = await callOne('GET', body.client_id);
    expect(await read.json()).toEqual(rest);
    const etag = read.headers.get('etag') ?? '';
    expect(etag).toBe(response.headers.get('etag'));
    expect((await callOne('GET', body.client_id, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('makes public applications without a secret', async () => {
    const browser = await made({ token_endpoint_auth_method: 'none' });
    expect([browser.application_type, browser.secrets, 'client_secret' in browser]).toEqual(['web', [], false]);
    const native = await made({ application_type: 'native', redirect_uris: ['com.example.app:/callback'] });
    expect(native).toMatchObject({ application_type: 'native', token_endpoint_auth_method: 'none' });
  });

  test('repeats nothing with a secret: 409 on the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': newId() };
    const first = await create({}, { headers });
    const { client_id: clientId } = await first.json();
    const again = await create({}, { headers });
    expect(again.status).toBe(409);
    expect(await again.text()).not.toContain('signet_sk_');
    expect(clientId).toMatch(/^app_/);
  });

  test.each([
    ['/redirect_uris/1', { redirect_uris: [CALLBACK, 'http://wiki.example.com/callback'] }],
    ['/client_uri', { client_uri: 'javascript:alert(1)' }],
    ['/scope', { scope: 'openid root' }],
    ['/refresh_idle_seconds', { refresh_idle_seconds: 1 }],
    ['/allowed_groups/0', { allowed_groups: [newId()] }],
    ['/token_endpoint_auth_method', { application_type: 'native', token_endpoint_auth_method: 'client_secret_basic' }],
    ['/more', { more: true }],
  ])('names %s in a 400', async (pointer, body) => {
    const response = await create(body);
    expect(response.status).toBe(400);
    expect((await response.json()).error.details.violations).toMatchObject([{ pointer }]);
  });
});

describe('PUT', () => {
  test('replaces, with defaults for what is left out, unless it was changed since', async () => {
    const group = await createGroup(api.actor, { name: `Staff ${newId()}` });
    const { client_id: id } = await made({ allowed_groups: [group.id], skip_consent: true });
    const etag = (await callOne('GET', id)).headers.get('etag') ?? '';
    const body = { client_name: 'Handbook', redirect_uris: [CALLBACK], disabled: true };
    const changed = await callOne('PUT', id, { body, headers: { 'if-match': etag } });
    expect(changed.status).toBe(200);
    const expected = { client_name: 'Handbook', allowed_groups: null, skip_consent: false, disabled: true };
    expect(await changed.json()).toMatchObject(expected);
    expect((await callOne('PUT', id, { body, headers: { 'if-match': etag } })).status).toBe(412);
    const kept = await callOne('PUT', id, { body: { client_name: 'Wiki', redirect_uris: [CALLBACK] } });
    expect(await kept.json()).toMatchObject({ disabled: true });
  });

  test('refuses another kind', async () => {
    const { client_id: id } = await made();
    const body = { client_name: 'Wiki', redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' };
    expect((await callOne('PUT', id, { body })).status).toBe(400);
  });
});

test('DELETE deletes with an event, unless it was changed since', async () => {
  const { client_id: id } = await made();
  expect((await callOne('DELETE', id, { headers: { 'if-match': '"another"' } })).status).toBe(412);
  expect((await callOne('DELETE', id)).status).toBe(204);
  expect((await callOne('GET', id)).status).toBe(404);
  expect(JSON.stringify(await readEvents(api.project.id, 'application.deleted'))).toContain(id);
});

test('secrets overlap: a new one with the end of the last, and an early end', async () => {
  const { client_id: id, secrets: first } = await made();
  const path = '/admin/applications/{id}/secrets';
  const rotated = await callHandler(api.project, path, secrets, 'POST', {
    token: api.token,
    params: { id },
    body: { overlap_hours: 2, name: 'second' },
  });
  expect(rotated.status).toBe(201);
  expect(await rotated.json()).toMatchObject({ client_secret: expect.stringMatching(/^signet_sk_/), name: 'second' });
  const end = () =>
    callHandler(api.project, `${path}/{secretId}`, secret, 'DELETE', {
      token: api.token,
      params: { id, secretId: first[0].id },
    });
  expect((await end()).status).toBe(204);
  expect((await callOne('GET', id).then((response) => response.json())).secrets).toMatchObject([{ name: 'second' }]);
});

test('lists the newest first, by pages', async () => {
  const [older, newer] = [await made({ client_name: 'Older' }), await made({ client_name: 'Newer' })];
  const page = await api.call('GET', { query: '?page_size=2' });
  const listed = await page.json();
  expect(listed.map((each: { client_id: string }) => each.client_id)).toEqual([newer.client_id, older.client_id]);
  expect(listed[0]).not.toHaveProperty('secrets');
  expect(page.headers.get('link')).toContain('rel="next"');
});
