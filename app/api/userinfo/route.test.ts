import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setClaimRule } from '@/lib/claim/service';
import { addMember, createGroup } from '@/lib/group/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { accessToken as adminToken } from '@/testing/admin-api';
import { makeProject } from '@/testing/project';
import {
  codeOf,
  type Party,
  type Provider,
  redemption,
  registerParty,
  signedIn,
  startProvider,
  token,
} from '@/testing/relying-party';

/** Names in brackets are modules of the OpenID Foundation's conformance suite that check the same. */
let provider: Provider;
let party: Party;
let person: Awaited<ReturnType<typeof signedIn>>;

beforeAll(async () => {
  provider = await startProvider();
  party = await registerParty(provider.project);
  person = await signedIn(provider);
});
afterAll(() => provider.close());
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});

async function obtain(scope: string, changes: Record<string, string> = {}, of = party): Promise<string> {
  const code = await codeOf(person.browser, of, { scope, ...changes });
  return String((await token(provider, of, redemption(code))).json().access_token);
}
const ask = (accessToken: string, more: { method?: string; headers?: Record<string, string> } = {}) =>
  provider.call('/userinfo', {
    method: more.method ?? 'GET',
    headers: { authorization: `Bearer ${accessToken}`, ...more.headers },
  });

describe('GET and POST /userinfo', () => {
  test('show the claims of the scopes, as they are now [oidcc-userinfo-get, oidcc-scope-profile, oidcc-scope-email]', async () => {
    const reply = await ask(await obtain('openid profile email groups'));
    const { identity } = person.proof;
    expect(reply.status).toBe(200);
    expect(reply.json()).toEqual({
      sub: identity.id,
      ...{ name: 'Ada Lovelace', given_name: 'Ada', family_name: 'Lovelace' },
      preferred_username: identity.identifiers[0]?.split('@')[0],
      updated_at: Math.floor(identity.updatedAt.getTime() / 1000),
      ...{ email: identity.identifiers[0], email_verified: false, groups: [] },
    });
    expect(reply.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  test('show sub alone with openid alone', async () => {
    expect((await ask(await obtain('openid'))).json()).toEqual({ sub: person.proof.identity.id });
  });

  test('take the token in the header or in a form [oidcc-userinfo-post-header, oidcc-userinfo-post-body]', async () => {
    const access = await obtain('openid');
    const expected = { sub: person.proof.identity.id };
    expect((await ask(access, { method: 'POST' })).json()).toEqual(expected);
    expect((await provider.call('/userinfo', { form: { access_token: access } })).json()).toEqual(expected);
    const twice = await provider.call('/userinfo', {
      form: { access_token: access },
      headers: { authorization: `Bearer ${access}` },
    });
    expect([twice.status, twice.json().error]).toEqual([400, 'invalid_request']);
  });

  test('show groups and the claims of the project at once', async () => {
    const access = await obtain('openid profile groups');
    const actor = cliActor(provider.project.id);
    const group = await createGroup(actor, { name: 'Admins', description: null });
    await addMember(actor, group.id, person.proof.identity.id);
    await setClaimRule(actor, { claim: 'nickname', scope: 'profile', pointer: '/traits/name/first' });
    expect((await ask(access)).json()).toMatchObject({ groups: ['Admins'], nickname: 'Ada' });
    await setClaimRule(actor, { claim: 'nickname', scope: 'email', pointer: '/traits/name/first' });
    expect((await ask(access)).json()).not.toHaveProperty('nickname');
  });
});

// RFC 6750 §3
describe('a refusal', () => {
  test('without a token is a bare challenge', async () => {
    const reply = await provider.call('/userinfo');
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, 'Bearer realm="signet"']);
    expect((await provider.call(`/userinfo?access_token=${await obtain('openid')}`)).status).toBe(401);
  });

  test('of a token that is not good here names invalid_token for any reason', async () => {
    const good = await obtain('openid');
    const api = await registerParty(provider.project, { audiences: ['https://api.example.com'] });
    const elsewhere = await obtain('openid', { resource: 'https://api.example.com' }, api);
    const machine = await adminToken(provider.project, ['openid']);
    const [head = '', body = ''] = good.split('.');
    for (const bad of ['x', '', `${head}.${body}.AAAA`, elsewhere, machine]) {
      const reply = await ask(bad);
      expect([reply.status, reply.json().error]).toEqual([401, 'invalid_token']);
      expect(reply.headers['www-authenticate']).toContain('error="invalid_token"');
    }
  });

  test('of a token of another project is invalid_token', async () => {
    const access = await obtain('openid');
    const other = await makeProject();
    const { host } = new URL(other.origin);
    expect((await provider.call('/userinfo', { headers: { host, authorization: `Bearer ${access}` } })).status).toBe(
      401,
    );
  });

  test.each(['PUT', 'DELETE', 'PATCH'])('of %s is 405', async (method) => {
    const reply = await provider.call('/userinfo', { method });
    expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });
});

// Fetch, CORS protocol
test('scripts of browser applications may call it, and only theirs', async () => {
  await registerParty(provider.project, { kind: 'browser', redirectUris: ['https://spa.example.com/cb'] });
  const access = await obtain('openid');
  const from = (origin: string) => ask(access, { headers: { origin } });
  expect((await from('https://spa.example.com')).headers).toMatchObject({
    'access-control-allow-origin': 'https://spa.example.com',
    vary: expect.stringContaining('Origin'),
  });
  expect((await from('https://wiki.example.com')).headers).not.toHaveProperty('access-control-allow-origin');
  const preflight = await provider.call('/userinfo', {
    method: 'OPTIONS',
    headers: { origin: 'https://spa.example.com', 'access-control-request-method': 'GET' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers['access-control-allow-headers']).toContain('authorization');
});
