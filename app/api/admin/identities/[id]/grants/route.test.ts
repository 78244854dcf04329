import { beforeAll, expect, test } from 'vitest';
import { refreshTokens } from '@/lib/grant/service';
import { newId } from '@/lib/platform/ids';
import { accessToken, adminApi } from '@/testing/admin-api';
import { registerParty, signInAt } from '@/testing/authorization';
import { readEvents } from '@/testing/events';
import { makeOperator } from '@/testing/operators';
import { makePerson, signIn } from '@/testing/people';
import * as one from './[clientId]/route';
import * as all from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
let single: Awaited<ReturnType<typeof adminApi>>;
let token: string;
beforeAll(async () => {
  api = await adminApi('/admin/identities/{id}/grants', all);
  single = await adminApi('/admin/identities/{id}/grants/{clientId}', one);
  token = await accessToken(api.project, ['applications:read', 'applications:write']);
});

const granting = async () => {
  const proof = await signIn(api.project, await makePerson(api.project));
  const parties = [
    await registerParty(api.project, { name: 'Zulip' }),
    await registerParty(api.project, { name: 'Gitea' }),
  ];
  const tokens = [];
  for (const { application } of parties) tokens.push(await signInAt(proof, application));
  return { id: proof.identity.id, applications: parties.map(({ application }) => application), tokens };
};
const listOf = async (id: string) => (await api.call('GET', { params: { id }, token })).json();
const client = () => ({ projectId: api.project.id, origin: api.project.origin, requestId: 'r', address: '192.0.2.1' });

test('lists what an identity allowed, by the name of the application', async () => {
  const { id, applications } = await granting();
  const list = await listOf(id);
  expect(list.map((each: { client_name: string }) => each.client_name)).toEqual(['Gitea', 'Zulip']);
  expect(list[1]).toEqual({
    client_id: applications[0]?.clientId,
    client_name: 'Zulip',
    scope: 'openid offline_access',
    created_at: expect.any(String),
    updated_at: expect.any(String),
    last_used_at: expect.any(String),
  });
  const params = { id, clientId: applications[0]?.clientId ?? '' };
  expect(await (await single.call('GET', { params, token })).json()).toEqual(list[1]);
});

// ASVS 10.4.9
test('removes the access of one application, and what it obtained', async () => {
  const { id, applications, tokens } = await granting();
  const [zulip, gitea] = applications;
  if (!zulip || !gitea) throw new Error('no applications');
  const params = { id, clientId: zulip.clientId };
  expect((await single.call('DELETE', { params, token })).status).toBe(204);
  expect((await listOf(id)).map((each: { client_name: string }) => each.client_name)).toEqual(['Gitea']);
  const refresh = (application: typeof zulip, at: number) =>
    refreshTokens(client(), application, { refreshToken: tokens[at]?.refreshToken ?? '', scope: undefined });
  expect(await refresh(zulip, 0)).toBe('invalid_grant');
  expect(await refresh(gitea, 1)).toMatchObject({ scopes: ['openid', 'offline_access'] });
  const [event] = await readEvents(api.project.id, 'grant.revoked');
  expect(event).toMatchObject({ identityId: id, actorKind: 'api_credential', details: { name: 'Zulip' } });
  expect((await single.call('DELETE', { params, token })).status).toBe(404);
});

test('removes the access of all applications', async () => {
  const { id } = await granting();
  expect((await api.call('DELETE', { params: { id }, token })).status).toBe(204);
  expect(await listOf(id)).toEqual([]);
});

test('returns 404 for an unknown identity or application', async () => {
  const { id } = await makePerson(api.project);
  expect((await api.call('GET', { params: { id: newId() }, token })).status).toBe(404);
  for (const method of ['GET', 'DELETE'])
    expect((await single.call(method, { params: { id, clientId: 'app_unknown' }, token })).status).toBe(404);
});

test('a program cannot act on an operator', async () => {
  const { id } = await makeOperator(api.project, 'admin');
  expect((await api.call('DELETE', { params: { id }, token })).status).toBe(403);
});
