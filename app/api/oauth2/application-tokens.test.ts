import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApiCredential } from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { readEvents } from '@/testing/events';
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

/** Introspection (RFC 7662) and revocation (RFC 7009) of the tokens of people. */
let provider: Provider;
let party: Party;
let other: Party;
let person: Awaited<ReturnType<typeof signedIn>>;
const API = 'https://api.example.com';

beforeAll(async () => {
  provider = await startProvider();
  party = await registerParty(provider.project, { audiences: [API] });
  other = await registerParty(provider.project);
  person = await signedIn(provider);
});
afterAll(() => provider.close());
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});

const obtain = async (scope = 'openid offline_access', changes: Record<string, string> = {}) =>
  (
    await token(provider, party, redemption(await codeOf(person.browser, party, { scope, ...changes })))
  ).json() as Record<string, string>;
const basic = (id: string, secret: string | null) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const by = ({ application, secret }: Party) => basic(application.clientId, secret);
const call = async (endpoint: 'introspect' | 'revoke', authorization: string, sent: string | undefined) =>
  provider.call(`/oauth2/${endpoint}`, { form: { token: sent ?? '' }, headers: { authorization } });
const introspect = async (authorization: string, sent: string | undefined) =>
  (await call('introspect', authorization, sent)).json();
const refresh = (refreshToken = '') =>
  token(provider, party, { grant_type: 'refresh_token', refresh_token: refreshToken });

describe('POST /oauth2/introspect', () => {
  test('describes the access token of the application', async () => {
    const { access_token } = await obtain('openid email');
    expect(await introspect(by(party), access_token)).toEqual({
      ...{ active: true, scope: 'openid email', client_id: party.application.clientId, token_type: 'Bearer' },
      ...{ exp: expect.any(Number), iat: expect.any(Number), nbf: expect.any(Number) },
      ...{ sub: person.proof.identity.id, aud: [provider.origin], iss: provider.origin },
      ...{ jti: expect.any(String), sid: expect.any(String) },
    });
  });

  test('says nothing about tokens of others, ID tokens and what is not a token', async () => {
    const { access_token, id_token } = await obtain();
    for (const [client, sent] of [
      [other, access_token],
      [party, id_token],
      [party, 'x'],
    ] as const)
      expect(await introspect(by(client), sent)).toEqual({ active: false });
  });

  test('shows an API credential the tokens for its audiences only', async () => {
    const of = (audiences: string[]) => createApiCredential(cliActor(provider.project.id), { name: 'API', audiences });
    const [api, stranger] = [await of([API]), await of(['https://else.example.com'])];
    const { access_token } = await obtain('openid', { resource: API });
    const as = ({ credential, clientSecret }: Awaited<ReturnType<typeof of>>) =>
      introspect(basic(credential.clientId, clientSecret), access_token);
    expect(await as(api)).toMatchObject({ active: true, aud: [API], sub: person.proof.identity.id });
    expect(await as(stranger)).toEqual({ active: false });
    const { access_token: own } = await obtain('openid');
    expect(await introspect(basic(api.credential.clientId, api.clientSecret), own)).toEqual({ active: false });
  });

  test('refuses a wrong secret', async () => {
    const reply = await call('introspect', basic(party.application.clientId, 'x'), 'y');
    expect([reply.status, reply.json().error]).toEqual([401, 'invalid_client']);
  });
});

describe('POST /oauth2/revoke', () => {
  test('revokes an access token and leaves the refresh token', async () => {
    const { access_token, refresh_token } = await obtain();
    for (const _ of [1, 2]) expect((await call('revoke', by(party), access_token)).status).toBe(200);
    expect(await introspect(by(party), access_token)).toEqual({ active: false });
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await provider.call('/userinfo', { headers })).status).toBe(401);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  // RFC 7009 §2.1
  test('revokes a refresh token with all access tokens of its family, once', async () => {
    const { access_token, refresh_token } = await obtain();
    const recorded = async () => (await readEvents(provider.project.id, 'refresh_token.revoked')).length;
    const before = await recorded();
    for (const _ of [1, 2]) expect((await call('revoke', by(party), refresh_token)).status).toBe(200);
    expect((await refresh(refresh_token)).json().error).toBe('invalid_grant');
    expect(await introspect(by(party), access_token)).toEqual({ active: false });
    expect((await recorded()) - before).toBe(1);
  });

  test('refuses tokens of other applications and keeps them', async () => {
    const { access_token, refresh_token } = await obtain();
    for (const sent of [access_token, refresh_token]) {
      const reply = await call('revoke', by(other), sent);
      expect([reply.status, reply.json().error]).toEqual([400, 'unauthorized_client']);
    }
    expect(await introspect(by(party), access_token)).toMatchObject({ active: true });
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  test('answers 200 for what is not a token', async () => {
    const { id_token } = await obtain();
    for (const sent of ['x', id_token, 'srt_x']) expect((await call('revoke', by(party), sent)).status).toBe(200);
  });

  test('lets a public application revoke its own', async () => {
    const spa = await registerParty(provider.project, {
      kind: 'browser',
      redirectUris: ['https://spa.example.com/cb'],
    });
    const code = await codeOf(person.browser, spa, { redirect_uri: 'https://spa.example.com/cb' });
    const form = redemption(code, { redirect_uri: 'https://spa.example.com/cb' });
    const { access_token } = (await token(provider, spa, form)).json();
    const reply = await provider.call('/oauth2/revoke', {
      form: { client_id: spa.application.clientId, token: String(access_token) },
      headers: { origin: 'https://spa.example.com' },
    });
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([200, 'https://spa.example.com']);
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await provider.call('/userinfo', { headers })).status).toBe(401);
  });
});
