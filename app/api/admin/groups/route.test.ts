import { beforeAll, describe, expect, test } from 'vitest';
import { groupsOf } from '@/lib/group/service';
import { createIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { adminApi, type Call, callHandler } from '@/testing/admin-api';
import * as member from './[id]/members/[identityId]/route';
import * as members from './[id]/members/route';
import * as one from './[id]/route';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/groups', handlers);
});

const named = () => `Staff ${newId()}`;
const create = (body: object, call: Call = {}) => api.call('POST', { body, ...call });
const made = async () => (await create({ name: named() })).json();
const callOne = (method: string, id: string, call: Call = {}) =>
  callHandler(api.project, '/admin/groups/{id}', one, method, { token: api.token, params: { id }, ...call });
const callMember = (method: string, id: string, identityId: string) =>
  callHandler(api.project, '/admin/groups/{id}/members/{identityId}', member, method, {
    token: api.token,
    params: { id, identityId },
  });
const person = async () =>
  (await createIdentity(api.actor, { traits: { email: `${newId().slice(-12)}@example.com` } })).id;

describe('POST', () => {
  test('returns the group with Location and ETag, and repeats it for the same Idempotency-Key', async () => {
    const body = { name: named(), description: 'Everyone' };
    const headers = { 'idempotency-key': newId() };
    const response = await create(body, { headers });
    const group = await response.json();
    expect([response.status, group]).toEqual([201, expect.objectContaining({ ...body, member_count: 0 })]);
    expect(response.headers.get('location')).toBe(`${api.project.origin}/admin/groups/${group.id}`);
    expect((await callOne('GET', group.id)).headers.get('etag')).toBe(response.headers.get('etag'));
    expect(await (await create(body, { headers })).json()).toEqual(group);
  });

  test('refuses a name that another group has in other letters, and an empty one', async () => {
    const { name } = await made();
    expect((await create({ name: ` ${name.toUpperCase()}` })).status).toBe(409);
    const response = await create({ name: ' ' });
    expect(response.status).toBe(400);
    expect((await response.json()).error.details.violations).toMatchObject([{ pointer: '/name' }]);
  });
});

test('PUT and DELETE heed If-Match', async () => {
  const { id } = await made();
  const etag = (await callOne('GET', id)).headers.get('etag') ?? '';
  const [name, headers] = [named(), { 'if-match': etag }];
  expect(await (await callOne('PUT', id, { body: { name }, headers })).json()).toMatchObject({ name });
  expect((await callOne('PUT', id, { body: { name }, headers })).status).toBe(412);
  expect((await callOne('DELETE', id, { headers })).status).toBe(412);
  expect((await callOne('DELETE', id)).status).toBe(204);
  expect((await callOne('GET', id)).status).toBe(404);
});

test('members are added, twice without harm, listed and removed', async () => {
  const [{ id, name }, identityId] = [await made(), await person()];
  for (const _ of [1, 2]) expect((await callMember('PUT', id, identityId)).status).toBe(204);
  expect(await groupsOf(api.project.id, identityId)).toEqual([name]);
  const listed = await callHandler(api.project, '/admin/groups/{id}/members', members, 'GET', {
    token: api.token,
    params: { id },
  });
  expect(await listed.json()).toEqual([{ identity_id: identityId, added_at: expect.any(String) }]);
  const mine = await api.call('GET', { query: `?identity_id=${identityId}` });
  expect(await mine.json()).toMatchObject([{ id, member_count: 1 }]);
  expect((await callMember('DELETE', id, identityId)).status).toBe(204);
  expect((await callMember('DELETE', id, identityId)).status).toBe(404);
  expect(await groupsOf(api.project.id, identityId)).toEqual([]);
  expect((await callMember('PUT', id, newId())).status).toBe(404);
  expect((await callMember('PUT', newId(), identityId)).status).toBe(404);
});
