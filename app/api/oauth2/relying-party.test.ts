import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Party,
  PersonBrowser,
  type Provider,
  registerParty,
  signedIn,
  startProvider,
} from '@/testing/relying-party';

/** The whole flow by clients that others wrote: they discover everything and validate every answer strictly. */
const INSECURE = { [oauth.allowInsecureRequests]: true }; // plain http on localhost

/** Without a query: openid-client takes it from the address of the callback. */
const CALLBACK = 'https://wiki.example.com/callback';

let provider: Provider;
let web: Party;
let browser: PersonBrowser;

beforeAll(async () => {
  provider = await startProvider();
  web = await registerParty(provider.project, { redirectUris: [CALLBACK] });
  browser = (await signedIn(provider)).browser;
});
afterAll(() => provider.close());

const go = async (url: URL) => {
  const { location } = await browser.call(url.pathname + url.search);
  if (!location) throw new Error('no redirect');
  return location;
};

test.each(['openid-configuration', 'RFC 8414'])(
  'openid-client signs in and refreshes, discovered by %s',
  async (by) => {
    const { clientId } = web.application;
    const config = await client.discovery(new URL(provider.origin), clientId, web.secret ?? '', undefined, {
      algorithm: by === 'RFC 8414' ? 'oauth2' : 'oidc',
      execute: [client.allowInsecureRequests],
    });
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expected = { expectedState: client.randomState(), expectedNonce: client.randomNonce() };
    const parameters = {
      redirect_uri: CALLBACK,
      scope: 'openid profile email offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expected.expectedState,
      nonce: expected.expectedNonce,
      max_age: '300',
    };
    const callback = await go(client.buildAuthorizationUrl(config, parameters));
    const tokens = await client.authorizationCodeGrant(config, callback, {
      ...expected,
      pkceCodeVerifier,
      maxAge: 300,
    });
    expect(tokens.claims()).toMatchObject({ iss: provider.origin, aud: clientId, email_verified: false });
    expect(tokens.claims()?.name).toContain('Ada');
    const again = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(again.claims()?.sub).toBe(tokens.claims()?.sub);
    // A denied prompt is the client's error, not a fault of the exchange.
    const silent = new PersonBrowser(provider);
    const url = client.buildAuthorizationUrl(config, { ...parameters, prompt: 'none' });
    const denied = (await silent.call(url.pathname + url.search)).location;
    await expect(
      client.authorizationCodeGrant(config, denied ?? url, { ...expected, pkceCodeVerifier }),
    ).rejects.toMatchObject({ error: 'login_required' });
  },
);

test('openid-client pushes its request first (RFC 9126)', async () => {
  const config = await client.discovery(
    new URL(provider.origin),
    web.application.clientId,
    {},
    client.ClientSecretBasic(web.secret ?? ''),
    { execute: [client.allowInsecureRequests] },
  );
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = await client.buildAuthorizationUrlWithPAR(config, {
    ...{ redirect_uri: CALLBACK, scope: 'openid', code_challenge_method: 'S256' },
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  });
  expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
  const tokens = await client.authorizationCodeGrant(config, await go(url), { pkceCodeVerifier });
  expect(tokens.claims()?.aud).toBe(web.application.clientId);
});

test('oauth4webapi signs in as a public application and verifies the signature', async () => {
  const party = await registerParty(provider.project, { kind: 'browser', redirectUris: [CALLBACK] });
  const issuer = new URL(provider.origin);
  const found = await oauth.discoveryRequest(issuer, INSECURE);
  const as = await oauth.processDiscoveryResponse(issuer, found);
  const rp: oauth.Client = { client_id: party.application.clientId };
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(as.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    ...{ client_id: rp.client_id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid', state },
    ...{ code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
  }).toString();
  const answer = oauth.validateAuthResponse(as, rp, await go(url), state);
  const sent = await oauth.authorizationCodeGrantRequest(as, rp, oauth.None(), answer, CALLBACK, verifier, INSECURE);
  const tokens = await oauth.processAuthorizationCodeResponse(as, rp, sent, { requireIdToken: true });
  await oauth.validateApplicationLevelSignature(as, sent, INSECURE);
  expect(oauth.getValidatedIdTokenClaims(tokens)?.iss).toBe(provider.origin);
});
