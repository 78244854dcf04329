import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { findSession } from '@/lib/session/service';
import { revokeSigningKey } from '@/lib/token/service';
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

/** RP-Initiated Logout 1.0. Names in brackets are modules of the OpenID Foundation's conformance suite. */
let provider: Provider;
let party: Party;
const BYE = 'https://wiki.example.com/bye?from=signet';

beforeAll(async () => {
  provider = await startProvider();
  party = await registerParty(provider.project, { postLogoutRedirectUris: [BYE] });
});
afterAll(() => provider.close());
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});

async function scene() {
  const person = await signedIn(provider);
  const { id_token } = (await token(provider, party, redemption(await codeOf(person.browser, party)))).json();
  return { ...person, hint: String(id_token) };
}
type Scene = Awaited<ReturnType<typeof scene>>;
const path = (sent: Record<string, string>) => `/oauth2/sessions/logout?${new URLSearchParams(sent)}`;
const isSignedIn = async ({ proof }: Scene) => (await findSession(provider.project.id, proof.session.id)) !== null;
/** Where a reply leads, without the provider's own origin. */
const target = ({ location }: { location: URL | null }) => location?.href.replace(provider.origin, '');

describe('with an ID token of the signed-in person', () => {
  test('signs out and leads back, with the state as sent [oidcc-rp-initiated-logout]', async () => {
    const made = await scene();
    const sent = { id_token_hint: made.hint, post_logout_redirect_uri: BYE, state: 's t&=ä' };
    const reply = await made.browser.call(path(sent));
    expect([reply.status, target(reply)]).toEqual([303, `${BYE}&state=s%20t%26%3D%C3%A4`]);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.headers['referrer-policy']).toBe('no-referrer');
    expect(await isSignedIn(made)).toBe(false);
  });

  test('leads to Signet without an address [oidcc-rp-initiated-logout-no-post-logout-redirect-uri]', async () => {
    const made = await scene();
    expect(target(await made.browser.call(path({ id_token_hint: made.hint })))).toBe('/login?notice=signed-out');
    expect(await isSignedIn(made)).toBe(false);
  });

  test('works by POST, which continues as GET with the cookie', async () => {
    const made = await scene();
    const form = { id_token_hint: made.hint, post_logout_redirect_uri: BYE };
    const posted = await provider.call('/oauth2/sessions/logout', { form });
    expect(posted.status).toBe(303);
    const reply = await made.browser.call(target(posted) ?? '');
    expect(target(reply)).toBe(BYE);
    expect(await isSignedIn(made)).toBe(false);
  });

  test('leads back also when no one is signed in any more', async () => {
    const made = await scene();
    const sent = path({ id_token_hint: made.hint, post_logout_redirect_uri: BYE });
    await made.browser.call(sent);
    expect(target(await made.browser.call(sent))).toBe(BYE);
  });
});

// ASVS 10.6.2
describe('asks, and does nothing,', () => {
  test.each<[string, (made: Scene) => Record<string, string> | Promise<Record<string, string>>]>([
    ['without anything [oidcc-rp-initiated-logout-no-params]', () => ({})],
    ['without an ID token [oidcc-rp-initiated-logout-no-id-token-hint]', () => ({ post_logout_redirect_uri: BYE })],
    ['for an application alone', () => ({ client_id: party.application.clientId, post_logout_redirect_uri: BYE })],
    [
      'for an address that is not registered [oidcc-rp-initiated-logout-bad-post-logout-redirect-uri]',
      ({ hint }) => ({
        id_token_hint: hint,
        post_logout_redirect_uri: 'https://evil.example/',
      }),
    ],
    [
      'for an address with another query',
      ({ hint }) => ({ id_token_hint: hint, post_logout_redirect_uri: `${BYE}&x` }),
    ],
    [
      'for a modified ID token [oidcc-rp-initiated-logout-modified-id-token-hint]',
      ({ hint }) => ({
        id_token_hint: `${hint.slice(0, -4)}AAAA`,
        post_logout_redirect_uri: BYE,
      }),
    ],
    [
      'for another application’s ID',
      ({ hint }) => ({ id_token_hint: hint, client_id: 'app_other', post_logout_redirect_uri: BYE }),
    ],
    ['for another person’s ID token', async () => ({ id_token_hint: (await scene()).hint })],
  ])('%s', async (_, sent) => {
    const made = await scene();
    const reply = await made.browser.call(path(await sent(made)));
    expect(reply.status).toBe(303);
    expect(reply.location?.origin).toBe(provider.origin);
    expect(reply.location?.pathname).toBe('/login/sign-out');
    expect(reply.location?.href).not.toContain('evil');
    expect(await isSignedIn(made)).toBe(true);
  });

  test('for an ID token whose key was revoked', async () => {
    const made = await scene();
    const { kid } = JSON.parse(Buffer.from(made.hint.split('.')[0] ?? '', 'base64url').toString());
    await revokeSigningKey(cliActor(provider.project.id), kid);
    await made.browser.call(path({ id_token_hint: made.hint, post_logout_redirect_uri: BYE }));
    expect(await isSignedIn(made)).toBe(true);
  });

  test.each<Record<string, string>>([{ 'sec-purpose': 'prefetch' }, { rsc: '1' }, { 'next-action': 'x' }])(
    'for what is not a navigation: %j',
    async (headers) => {
      const made = await scene();
      const reply = await made.browser.call(path({ id_token_hint: made.hint }), { headers });
      expect(reply.status).toBe(400);
      expect(await isSignedIn(made)).toBe(true);
    },
  );

  test('for a POST without anything', async () => {
    const posted = await provider.call('/oauth2/sessions/logout', { method: 'POST' });
    expect([posted.status, target(posted)]).toEqual([303, '/oauth2/sessions/logout']);
  });

  test('for a repeated parameter', async () => {
    const made = await scene();
    const reply = await made.browser.call(`${path({ id_token_hint: made.hint })}&state=1&state=2`);
    expect(reply.status).toBe(400);
    expect(await isSignedIn(made)).toBe(true);
  });
});
