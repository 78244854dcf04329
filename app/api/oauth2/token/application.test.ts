import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { disableApplication } from '@/lib/application/service';
import { revokeGrant, verifyRefreshToken } from '@/lib/grant/service';
import { changeIdentity, deleteIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { hmac } from '@/lib/platform/secret';
import { endCurrentSession } from '@/lib/session/service';
import { readEvents } from '@/testing/events';
import { makeClient } from '@/testing/oauth-api';
import {
  claimsIn,
  codeOf,
  type Party,
  type Provider,
  REDIRECT_URI,
  type Reply,
  redemption,
  registerParty,
  signedIn,
  startProvider,
  token,
} from '@/testing/relying-party';

let provider: Provider;
let party: Party;
let open: Party;
let person: Awaited<ReturnType<typeof signedIn>>;

beforeAll(async () => {
  provider = await startProvider();
  party = await registerParty(provider.project);
  open = await registerParty(provider.project, { kind: 'browser' });
  person = await signedIn(provider);
});
afterAll(() => provider.close());
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

const OFFLINE = { scope: 'openid offline_access' };
const code = (changes: Record<string, string | undefined> = {}, of = party, browser = person.browser) =>
  codeOf(browser, of, changes);
const redeem = (given: string, changes: Record<string, string | undefined> = {}, of = party) =>
  token(provider, of, redemption(given, changes));
const refresh = (refresh_token: unknown, changes: Record<string, string> = {}, of = party) =>
  token(provider, of, { grant_type: 'refresh_token', refresh_token: String(refresh_token), ...changes });
const chain = async (of = party, browser = person.browser) =>
  (await redeem(await code(OFFLINE, of, browser), {}, of)).json().refresh_token;

function expectRefused(reply: Reply, error: string, status = 400): void {
  expect({ status: reply.status, error: reply.json().error }).toEqual({ status, error });
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
}

// ASVS 10.4.2, ASVS 10.4.3, ASVS 10.4.6
describe('authorization_code', () => {
  test('returns access token and ID token, never stored, and no refresh token [oidcc-server]', async () => {
    const reply = await redeem(await code());
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    const { access_token, id_token, ...rest } = reply.json();
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: expect.any(Number), scope: 'openid' });
    const { identity, session } = person.proof;
    const { clientId } = party.application;
    expect(claimsIn(id_token)).toMatchObject({ iss: provider.origin, sub: identity.id, aud: clientId, nonce: 'n-1' });
    expect(claimsIn(id_token).auth_time).toBe(Math.floor(session.authenticatedAt.getTime() / 1000));
    expect(claimsIn(access_token)).toMatchObject({ sub: identity.id, client_id: clientId, scope: 'openid' });
    expect(claimsIn(access_token).sid).toBe(claimsIn(id_token).sid);
  });

  test('takes the secret by Basic and in the body, and a public application without one', async () => {
    const { clientId } = party.application;
    const form = { ...redemption(await code()), client_id: clientId, client_secret: party.secret ?? '' };
    expect((await provider.call('/oauth2/token', { form })).status).toBe(200);
    expect((await redeem(await code({}, open), {}, open)).status).toBe(200);
  });

  test('gives a refresh token with offline_access only [oidcc-refresh-token]', async () => {
    const { refresh_token } = (await redeem(await code(OFFLINE))).json();
    expect(refresh_token).toMatch(/^srt_[\da-f-]{36}\.0_[\w-]{43}$/);
  });

  test.each([
    ['another redirect URI', { redirect_uri: 'https://wiki.example.com/callback' }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['another verifier', { code_verifier: 'x'.repeat(43) }],
    ['no verifier: a downgrade', { code_verifier: undefined }],
    ['a short verifier', { code_verifier: 'short' }],
  ])('refuses %s, and the code stays good for its owner', async (_, changes) => {
    const given = await code();
    expectRefused(await redeem(given, changes), 'invalid_grant');
    expect((await redeem(given)).status).toBe(200);
  });

  test('refuses another application, and the code stays good for its owner', async () => {
    const given = await code();
    expectRefused(await redeem(given, {}, await registerParty(provider.project)), 'invalid_grant');
    expectRefused(await redeem(given, {}, open), 'invalid_grant');
    expect((await redeem(given)).status).toBe(200);
  });

  test('refuses a verifier for a code without a challenge: a downgrade the other way', async () => {
    const old = await registerParty(provider.project, { requiresPkce: false });
    const given = await code({ code_challenge: undefined, code_challenge_method: undefined }, old);
    expectRefused(await redeem(given, {}, old), 'invalid_grant');
    expect((await redeem(given, { code_verifier: undefined }, old)).status).toBe(200);
  });

  test('refuses an unknown code, a missing one, and one of another project’s making', async () => {
    expectRefused(await redeem('x'.repeat(43)), 'invalid_grant');
    expectRefused(await redeem('', {}), 'invalid_request');
  });

  test('CVE-2025-64708: refuses a code after 60 seconds by the clock', async () => {
    const given = await code();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expectRefused(await redeem(given), 'invalid_grant');
  });

  test.each([
    [0, '[oidcc-codereuse]'],
    [30_000, '[oidcc-codereuse-30seconds]'],
  ])('a second use after %i ms ends what the first one obtained %s', async (millis) => {
    const given = await code(OFFLINE);
    const { refresh_token } = (await redeem(given)).json();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + millis });
    expectRefused(await redeem(given), 'invalid_grant');
    expectRefused(await refresh(refresh_token), 'invalid_grant');
    const [event] = await readEvents(provider.project.id, 'authorization_code.reused');
    expect(event).toMatchObject({ identityId: person.proof.identity.id, details: { name: 'Wiki' } });
  });

  test('another application that presents a used code ends nothing', async () => {
    const given = await code(OFFLINE);
    const { refresh_token } = (await redeem(given)).json();
    expectRefused(await redeem(given, {}, open), 'invalid_grant');
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  test('refuses a code whose person, session or access has ended since', async () => {
    const cli = cliActor(provider.project.id);
    const cases: Array<(one: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>> = [
      ({ proof }) => changeIdentity(cli, proof.identity.id, () => ({ state: 'inactive' })),
      ({ proof }) => deleteIdentity(cli, proof.identity.id),
      ({ proof }) => endCurrentSession(proof),
      ({ proof }) => revokeGrant(proof.actor, proof.identity.id, party.application.clientId),
    ];
    for (const end of cases) {
      const one = await signedIn(provider);
      const given = await code({}, party, one.browser);
      await end(one);
      expectRefused(await redeem(given), 'invalid_grant');
    }
  });
});

// ASVS 10.4.5, ASVS 10.4.8
describe('refresh_token', () => {
  test('rotates; iss, sub, aud, auth_time and sid stay, and the nonce is gone [oidcc-refresh-token]', async () => {
    const first = (await redeem(await code(OFFLINE))).json();
    const second = (await refresh(first.refresh_token)).json();
    expect(second.refresh_token).toMatch(/\.1_/);
    const kept = ['iss', 'sub', 'aud', 'auth_time', 'sid'];
    const pick = (claims: Record<string, unknown>) => kept.map((name) => claims[name]);
    expect(pick(claimsIn(second.id_token))).toEqual(pick(claimsIn(first.id_token)));
    expect(claimsIn(second.id_token)).not.toHaveProperty('nonce');
    expect(second.scope).toBe('openid offline_access');
  });

  test('the previous token gets the same successor for ten seconds: an answer may be lost', async () => {
    const first = await chain();
    const second = (await refresh(first)).json().refresh_token;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5000 });
    expect((await refresh(first)).json().refresh_token).toBe(second);
    expect((await refresh(second)).status).toBe(200);
  });

  test('after ten seconds it was stolen: the family ends', async () => {
    const first = await chain();
    const second = (await refresh(first)).json().refresh_token;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 });
    expectRefused(await refresh(first), 'invalid_grant');
    expectRefused(await refresh(second), 'invalid_grant');
    const [event] = await readEvents(provider.project.id, 'refresh_token.reused');
    expect(event?.identityId).toBe(person.proof.identity.id);
  });

  test('one two generations old ends the family at once', async () => {
    const first = await chain();
    const second = (await refresh(first)).json().refresh_token;
    const third = (await refresh(second)).json().refresh_token;
    expectRefused(await refresh(first), 'invalid_grant');
    expectRefused(await refresh(third), 'invalid_grant');
  });

  test('one that is not genuine, or another application’s, ends nothing', async () => {
    const first = String(await chain());
    const { familyId = '' } = (await verifyRefreshToken(provider.project.id, first)) ?? {};
    const forged = `srt_${familyId}.0_${hmac('refresh-token', `${familyId}.0.guessed`)}`;
    for (const each of [forged, `${first}x`, first.replace('.0_', '.1_'), 'srt_x', familyId, 'x'])
      expectRefused(await refresh(each), 'invalid_grant');
    expectRefused(await refresh(first, {}, await registerParty(provider.project)), 'invalid_grant');
    expect((await refresh(first)).status).toBe(200);
  });

  test('scope may narrow one access token, and never widen', async () => {
    const { refresh_token } = (await redeem(await code({ scope: 'openid email offline_access' }))).json();
    const narrow = (await refresh(refresh_token, { scope: 'openid' })).json();
    expect(narrow.scope).toBe('openid');
    expect(claimsIn(narrow.id_token)).not.toHaveProperty('email');
    expectRefused(await refresh(narrow.refresh_token, { scope: 'openid profile' }), 'invalid_scope');
    expect((await refresh(narrow.refresh_token)).json().scope).toBe('openid email offline_access');
  });

  test('ends by idle time and absolutely, by the clock', async () => {
    const short = await registerParty(provider.project, { refreshIdleSeconds: 3600, refreshLifetimeSeconds: 5400 });
    const start = Date.now();
    const first = await chain(short);
    const idle = await chain(short);
    vi.useFakeTimers({ toFake: ['Date'], now: start + 3000_000 });
    const second = (await refresh(first, {}, short)).json().refresh_token;
    vi.setSystemTime(start + 3700_000);
    expectRefused(await refresh(idle, {}, short), 'invalid_grant');
    expect(second).toMatch(/^srt_/);
    vi.setSystemTime(start + 5500_000);
    expectRefused(await refresh(second, {}, short), 'invalid_grant');
  });

  test('ends with the person’s account, their removal of access and the application, not with a sign-out', async () => {
    const cli = cliActor(provider.project.id);
    const own = await registerParty(provider.project);
    const { clientId } = own.application;
    const cases: Array<[ends: boolean, (one: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>]> = [
      [false, ({ proof }) => endCurrentSession(proof)],
      [true, ({ proof }) => changeIdentity(cli, proof.identity.id, () => ({ state: 'inactive' }))],
      [true, ({ proof }) => revokeGrant(proof.actor, proof.identity.id, clientId)],
    ];
    for (const [isEnd, act] of cases) {
      const one = await signedIn(provider);
      const held = await chain(own, one.browser);
      await act(one);
      const reply = await refresh(held, {}, own);
      expect(reply.status).toBe(isEnd ? 400 : 200);
    }
    const held = await chain(own);
    await disableApplication(cli, clientId, async () => {});
    expectRefused(await refresh(held, {}, own), 'invalid_client', 401);
  });
});

describe('the dispatch', () => {
  test('an application has no tokens of its own, and no other grant', async () => {
    expectRefused(await token(provider, party, { grant_type: 'client_credentials' }), 'unauthorized_client');
    for (const grant_type of ['password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code'])
      expectRefused(await token(provider, party, { grant_type }), 'unsupported_grant_type');
  });

  test('an API credential has no authorization code', async () => {
    const { credential, clientSecret } = await makeClient(provider.project);
    const program = { application: { clientId: credential.clientId } as Party['application'], secret: clientSecret };
    const given = await code();
    expectRefused(await token(provider, program, redemption(given)), 'unsupported_grant_type');
    expect((await redeem(given)).status).toBe(200);
  });

  test('refuses a wrong, a missing and a superfluous secret, at most 20 wrong ones a minute', async () => {
    const given = await code();
    expectRefused(await redeem(given, {}, { ...party, secret: 'wrong' }), 'invalid_client', 401);
    expectRefused(await redeem(given, {}, { ...party, secret: null }), 'invalid_client', 401);
    expectRefused(await redeem(given, {}, { ...open, secret: 'superfluous' }), 'invalid_client', 401);
    for (let at = 0; at < 18; at++) await redeem(given, {}, { ...party, secret: 'wrong' });
    const limited = await redeem(given, {}, { ...party, secret: 'wrong' });
    expect([limited.status, limited.json().error]).toEqual([429, 'temporarily_unavailable']);
    // The right secret passes.
    expect((await redeem(given)).status).toBe(200);
  });

  test('a code in the address is no code', async () => {
    const given = await code();
    const basic = Buffer.from(`${party.application.clientId}:${party.secret}`).toString('base64');
    const query = new URLSearchParams(redemption(given));
    const reply = await provider.call(`/oauth2/token?${query}`, {
      form: { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI },
      headers: { authorization: `Basic ${basic}` },
    });
    expectRefused(reply, 'invalid_request');
  });
});

describe('CORS', () => {
  const ORIGIN = 'https://spa.example.com';
  beforeAll(async () => {
    await registerParty(provider.project, { kind: 'browser', redirectUris: [`${ORIGIN}/callback`] });
    await registerParty(provider.project, { redirectUris: ['https://web.example.com/callback'] });
  });
  const asks = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
  const from = (origin: string, more: Record<string, string> = {}) => ({ headers: { origin, ...more } });

  test('answers the origins of browser applications, without credentials', async () => {
    const reply = await provider.call('/oauth2/token', { method: 'OPTIONS', ...from(ORIGIN, asks) });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
    });
    expect(reply.headers).not.toHaveProperty('access-control-allow-credentials');
    const refused = await provider.call('/oauth2/token', { form: { grant_type: 'x' }, ...from(ORIGIN) });
    expect(refused.headers['access-control-allow-origin']).toBe(ORIGIN);
  });

  test.each(['https://evil.example', 'null', 'https://web.example.com', `${ORIGIN}.evil.example`])(
    'does not answer %s',
    async (origin) => {
      const reply = await provider.call('/oauth2/token', { method: 'OPTIONS', ...from(origin, asks) });
      expect(reply.status).toBe(405);
      const sent = await provider.call('/oauth2/token', { form: { grant_type: 'x' }, ...from(origin) });
      expect(sent.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  test('OPTIONS that is not a preflight is refused as any other method', async () => {
    const reply = await provider.call('/oauth2/token', { method: 'OPTIONS', ...from(ORIGIN) });
    expect([reply.status, reply.headers.allow]).toEqual([405, 'POST']);
  });
});
