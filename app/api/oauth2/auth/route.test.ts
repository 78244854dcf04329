import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { disableApplication } from '@/lib/application/service';
import { answerConsent } from '@/lib/grant/service';
import { changeIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { endCurrentSession } from '@/lib/session/service';
import { readEvents } from '@/testing/events';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  claimsIn,
  codeOf,
  consent,
  type Party,
  PersonBrowser,
  type Provider,
  REDIRECT_URI,
  type Reply,
  redemption,
  registerParty,
  requestOf,
  requestOfParty,
  requestPath,
  resume,
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

const ask = (changes: Record<string, string | undefined> = {}, of = party, browser = person.browser) =>
  browser.call(requestPath(of, changes));
const stranger = () => new PersonBrowser(provider);
const countCodes = async () => (await db()).authorizationCode.count();

/** An answer to the application: always by 303, never stored, and without a referrer. */
function expectAnswer(reply: Reply): void {
  expect(reply.status).toBe(303);
  expect(`${reply.location?.origin}${reply.location?.pathname}`).toBe('https://wiki.example.com/callback');
  expect(reply.answer).toMatchObject({ tenant: '1', state: 's t&=ä', iss: provider.origin });
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
}

/** A page of Signet: the application learns nothing. */
function expectPage(reply: Reply, status = 400): void {
  expect({ status: reply.status, to: reply.location }).toEqual({ status, to: null });
  expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(reply.text).toContain('<html lang="en"');
}

describe('the answer', () => {
  test('has a code, the state as sent and the issuer (RFC 9207) [oidcc-server]', async () => {
    const reply = await ask();
    expectAnswer(reply);
    expect(Object.keys(reply.answer)).toEqual(['tenant', 'code', 'state', 'iss']);
    expect(reply.answer.code).toMatch(/^[\w-]{43}$/);
    expect(reply.headers['cross-origin-opener-policy']).toBe('unsafe-none');
  });

  test('writes grant, session and event once, and never the code', async () => {
    const one = await signedIn(provider);
    const codes = [await codeOf(one.browser, party), await codeOf(one.browser, party)];
    const { id } = one.proof.identity;
    const where = { identityId: id };
    const [grants, sessions] = [
      await (await db()).grant.count({ where }),
      await (await db()).applicationSession.count({ where }),
    ];
    expect([grants, sessions]).toEqual([1, 1]);
    const events = (await readEvents(provider.project.id, 'application.signed_in')).filter(
      ({ identityId }) => identityId === id,
    );
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      actorKind: 'identity',
      details: { client_id: party.application.clientId, name: 'Wiki' },
    });
    const rows = JSON.stringify([
      await (await db()).authorizationCode.findMany(),
      await (await db()).auditEvent.findMany(),
    ]);
    for (const code of codes) expect(rows).not.toContain(code);
  });

  test.each([
    ['no nonce [oidcc-ensure-request-without-nonce-succeeds-for-code-flow]', { nonce: undefined }],
    ['unknown parameters [oidcc-ensure-request-with-unknown-parameter-succeeds]', { extra: 'foobar' }],
    ['acr_values [oidcc-ensure-request-with-acr-values-succeeds]', { acr_values: '1 2' }],
    ['another order of scopes [oidcc-ensure-other-scope-order-succeeds]', { scope: 'email openid' }],
    ['display [oidcc-display-page]', { display: 'page' }],
    ['claims_locales [oidcc-claims-locales]', { claims_locales: 'se' }],
    ['claims [oidcc-claims-essential]', { claims: '{"userinfo":{"name":{"essential":true}}}' }],
    ['max_age that is not reached [oidcc-max-age-10000]', { max_age: '10000' }],
    ['prompt=none for a signed-in person [oidcc-prompt-none-logged-in]', { prompt: 'none' }],
    ['response_mode=query', { response_mode: 'query' }],
    ['no state', { state: undefined }],
  ])('is a code with %s', async (_, changes) => {
    expect((await ask(changes)).answer.code).toBeDefined();
  });

  test('leaves out unknown scopes and those of others; offline_access is never an error', async () => {
    const small = await registerParty(provider.project, { scopes: ['openid', 'email'] });
    const code = await codeOf(person.browser, small, { scope: 'openid email profile offline_access phone unknown' });
    expect((await token(provider, small, redemption(code))).json().scope).toBe('openid email');
  });
});

describe('step 0: what is not a navigation gets no code', () => {
  test.each<Record<string, string>>([
    { rsc: '1' },
    { 'next-action': 'a'.repeat(42) },
    { 'next-router-state-tree': '[]' },
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-signet-context': 'x' },
  ])('refuses %j', async (headers) => {
    const before = await countCodes();
    expectPage(await person.browser.call(requestPath(party), { headers }));
    expect(await countCodes()).toBe(before);
  });

  test('answers HEAD without a code', async () => {
    const before = await countCodes();
    const reply = await person.browser.call(requestPath(party), { method: 'HEAD' });
    expect([reply.status, await countCodes()]).toEqual([400, before]);
  });

  test('refuses a repeated parameter and malformed encoding by a page', async () => {
    expectPage(await person.browser.call(`${requestPath(party)}&scope=openid`));
    expectPage(await person.browser.call(`${requestPath(party)}&x=%zz`));
  });

  test('refuses other methods', async () => {
    const reply = await person.browser.call(requestPath(party), { method: 'PUT' });
    expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });
});

// ASVS 10.4.1
describe('steps 1 and 2: the application and where it wants the answer', () => {
  test('refuses an unknown, a foreign and a disabled application by a page', async () => {
    expectPage(await ask({ client_id: 'app_unknown' }));
    expectPage(await ask({ client_id: undefined }));
    const foreign = await registerParty(await makeProject());
    expectPage(await ask({}, foreign));
    const disabled = await registerParty(provider.project);
    await disableApplication(cliActor(provider.project.id), disabled.application.clientId, async () => {});
    expectPage(await ask({}, disabled));
  });

  test.each([
    ['is missing', undefined],
    ['is unknown [oidcc-ensure-registered-redirect-uri]', 'https://wiki.example.com/other?tenant=1'],
    ['has another query', 'https://wiki.example.com/callback?tenant=2'],
    ['has more in its query', `${REDIRECT_URI}&more=1`],
    ['lacks its query', 'https://wiki.example.com/callback'],
    ['has a fragment', `${REDIRECT_URI}#x`],
    ['differs in case', REDIRECT_URI.replace('callback', 'Callback')],
    ['has a trailing slash', 'https://wiki.example.com/callback/?tenant=1'],
    ['has another host with the same prefix', 'https://wiki.example.com.evil.example/callback?tenant=1'],
    ['has user information', 'https://wiki.example.com@evil.example/callback?tenant=1'],
    ['is another scheme', 'http://wiki.example.com/callback?tenant=1'],
  ])('refuses a redirect URI that %s by a page, never by a redirect', async (_, redirectUri) => {
    expectPage(await ask({ redirect_uri: redirectUri }));
    // Nor does another fault become a redirect there (RFC 9700 §4.11).
    expectPage(await ask({ redirect_uri: redirectUri, response_type: 'token', scope: 'x' }));
  });

  test('takes any port of a loopback address from a native application only (RFC 8252 §7.3)', async () => {
    const redirectUris = ['http://127.0.0.1/callback', 'com.example.app:/callback'];
    const native = await registerParty(provider.project, { kind: 'native', redirectUris });
    const asked = await ask({ redirect_uri: 'http://127.0.0.1:49152/callback' }, native);
    expect(asked.location?.pathname).toBe('/authorize');
    expectPage(await ask({ redirect_uri: 'http://localhost:49152/callback' }, native));
    expectPage(await ask({ redirect_uri: 'http://127.0.0.2:49152/callback' }, native));
  });

  test('says it in the person’s language', async () => {
    const reply = await stranger().call('/oauth2/auth?client_id=x', { headers: { 'accept-language': 'de' } });
    expect(reply.text).toContain('nicht registriert');
    expect(reply.text).toContain('<html lang="de"');
  });
});

// ASVS 10.4.6, ASVS 10.6.1
describe('step 3: the parameters', () => {
  test.each([
    ['unsupported_response_type', 'another response type', { response_type: 'token' }],
    ['unsupported_response_type', 'a hybrid response type', { response_type: 'code id_token' }],
    ['invalid_request', 'no response type [oidcc-response-type-missing]', { response_type: undefined }],
    ['invalid_request', 'another response mode', { response_mode: 'fragment' }],
    [
      'request_not_supported',
      'a request object [oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported]',
      { request: 'eyJhbGciOiJub25lIn0.e30.' },
    ],
    ['request_uri_not_supported', 'a foreign request_uri', { request_uri: 'https://evil.example/request.jwt' }],
    ['registration_not_supported', 'a registration', { registration: '{}' }],
    ['invalid_scope', 'no scope', { scope: undefined }],
    ['invalid_scope', 'a scope without openid', { scope: 'profile' }],
    ['invalid_request', 'no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['invalid_request', 'a plain challenge', { code_challenge_method: 'plain' }],
    ['invalid_request', 'a challenge without its method', { code_challenge_method: undefined }],
    ['invalid_request', 'a method without its challenge', { code_challenge: undefined }],
    ['invalid_request', 'a short challenge', { code_challenge: 'short' }],
    ['invalid_request', 'an unknown prompt', { prompt: 'create' }],
    ['invalid_request', 'prompt=none with others', { prompt: 'none login' }],
    ['invalid_request', 'a max_age of words', { max_age: 'soon' }],
    ['invalid_request', 'a negative max_age', { max_age: '-1' }],
    ['invalid_target', 'an unknown resource', { resource: 'https://api.example.com' }],
    ['invalid_target', 'the admin API', { audience: 'http://localhost/admin' }],
  ])('answers %s to %s', async (error, _, changes) => {
    const reply = await ask(changes);
    expectAnswer(reply);
    expect(reply.answer).toMatchObject({ error });
    expect(reply.answer.error_description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/);
    expect(reply.answer).not.toHaveProperty('code');
  });

  test('the admin API is never an audience, even if it is asked for by its name', async () => {
    expect((await ask({ resource: `${provider.origin}/admin` })).answer.error).toBe('invalid_target');
  });

  test('an application that opted out needs no challenge, but a bad one is refused', async () => {
    const old = await registerParty(provider.project, { requiresPkce: false });
    expect((await ask({ code_challenge: undefined, code_challenge_method: undefined }, old)).answer.code).toBeDefined();
    expect((await ask({ code_challenge_method: 'plain' }, old)).answer.error).toBe('invalid_request');
  });
});

describe('step 4: the person', () => {
  test('sends a stranger to sign in, and stores the request encrypted', async () => {
    const browser = stranger();
    const asked = await ask({ login_hint: 'ada@example.com', state: 'x'.repeat(5000) }, party, browser);
    expect([asked.status, asked.location?.pathname]).toEqual([303, '/login']);
    expect(asked.location?.search.length).toBeLessThan(80);
    const id = requestOf(asked);
    const rows = JSON.stringify(await (await db()).authorizationRequest.findMany());
    expect(rows).not.toContain(id);
    expect(rows).not.toContain('ada@example.com');
    const proof = await signIn(provider.project, person.proof.identity);
    browser.enter(proof);
    const reply = await browser.call(resume(party, asked));
    expect(reply.answer).toMatchObject({ state: 'x'.repeat(5000), iss: provider.origin });
    expect(reply.answer.code).toBeDefined();
  });

  test('a stored request ends with its code, belongs to its browser and to its application', async () => {
    const browser = stranger();
    const asked = await ask({}, party, browser);
    const other = await signedIn(provider);
    expectPage(await other.browser.call(resume(party, asked)));
    expectPage(await browser.call(resume(await registerParty(provider.project), asked)));
    browser.enter(await signIn(provider.project, person.proof.identity));
    expect((await browser.call(resume(party, asked))).answer.code).toBeDefined();
    expectPage(await browser.call(resume(party, asked)));
  });

  test('prompt=none answers login_required to a stranger [oidcc-prompt-none-not-logged-in]', async () => {
    const reply = await ask({ prompt: 'none' }, party, stranger());
    expectAnswer(reply);
    expect(reply.answer.error).toBe('login_required');
  });

  test.each([
    ['prompt=login [oidcc-prompt-login]', { prompt: 'login' }],
    ['prompt=select_account', { prompt: 'select_account' }],
    ['max_age=0 [oidcc-max-age-1]', { max_age: '0' }],
  ])('%s needs another sign-in, and is answered by it', async (_, changes) => {
    const { browser, proof } = await signedIn(provider);
    const asked = await ask(changes, party, browser);
    expect(asked.location?.pathname).toBe('/login');
    // Going on without one leads back.
    expect((await browser.call(resume(party, asked))).location?.pathname).toBe('/login');
    browser.enter(await signIn(provider.project, proof.identity, 'passkey'));
    const code = (await browser.call(resume(party, asked))).answer.code ?? '';
    const claims = claimsIn((await token(provider, party, redemption(code))).json().id_token);
    expect(Number(claims.auth_time)).toBeGreaterThanOrEqual(Math.floor(proof.session.authenticatedAt.getTime() / 1000));
  });

  test('prompt=none with a max_age that is reached answers login_required', async () => {
    expect((await ask({ prompt: 'none', max_age: '0' })).answer.error).toBe('login_required');
  });

  test('an id_token_hint of the person is fine, of another one needs a sign-in [oidcc-id-token-hint]', async () => {
    const hint = String(
      (await token(provider, party, redemption(await codeOf(person.browser, party)))).json().id_token,
    );
    expect((await ask({ id_token_hint: hint, prompt: 'none' })).answer.code).toBeDefined();
    const other = await signedIn(provider);
    const asked = await ask({ id_token_hint: hint }, party, other.browser);
    expect(asked.location?.pathname).toBe('/login');
    expect((await ask({ id_token_hint: hint, prompt: 'none' }, party, other.browser)).answer.error).toBe(
      'login_required',
    );
    expect((await ask({ id_token_hint: 'x.y.z', prompt: 'none' })).answer.error).toBe('login_required');
    // Another person than the hint names signed in.
    other.browser.enter(await signIn(provider.project, other.proof.identity));
    expect((await other.browser.call(resume(party, asked))).answer.error).toBe('login_required');
  });

  test('an ended session does not count, also in the middle', async () => {
    const { browser, proof } = await signedIn(provider);
    const asked = await ask({ prompt: 'consent' }, party, browser);
    expect(asked.location?.pathname).toBe('/authorize');
    await endCurrentSession(proof);
    expect((await browser.call(resume(party, asked))).location?.pathname).toBe('/login');
  });

  test('a deactivated person gets no code, also in the middle', async () => {
    const { browser, proof } = await signedIn(provider);
    const asked = await ask({ prompt: 'consent' }, party, browser);
    await changeIdentity(cliActor(provider.project.id), proof.identity.id, () => ({ state: 'inactive' }));
    expect((await browser.call(resume(party, asked))).location?.pathname).toBe('/login');
  });

  test('ui_locales chooses the language where none was chosen [oidcc-ui-locales]', async () => {
    const browser = stranger();
    await ask({ ui_locales: 'se de-AT en' }, party, browser);
    expect(browser.cookies.get('signet_asked_locale')).toBe('de');
  });

  test('stores at most 60 requests a minute from an address', async () => {
    await (await db()).rateLimit.deleteMany();
    const browser = stranger();
    for (let at = 0; at < 60; at++) expect((await ask({}, party, browser)).status).toBe(303);
    const refused = await ask({}, party, browser);
    expectPage(refused, 429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // Whoever is signed in stores nothing.
    expect((await ask()).answer.code).toBeDefined();
  });
});

describe('step 5: who may use it', () => {
  test('shows a page first; the application then learns access_denied', async () => {
    const closed = await registerParty(provider.project, { access: 'groups' });
    const asked = await ask({}, closed);
    expect(asked.location?.pathname).toBe('/authorize');
    // Allowing changes nothing.
    expect((await consent(closed, person, asked)).location?.pathname).toBe('/authorize');
    const denied = await consent(closed, person, asked, false);
    expectAnswer(denied);
    expect(denied.answer.error).toBe('access_denied');
    expect((await ask({ prompt: 'none' }, closed)).answer.error).toBe('access_denied');
  });
});

// ASVS 10.7.1
describe('step 6: consent', () => {
  test('asks once an application and a set of scopes', async () => {
    const asking = await registerParty(provider.project, { consent: 'ask' });
    const one = await signedIn(provider);
    const scope = 'openid email';
    const asked = await ask({ scope }, asking, one.browser);
    expect(asked.location?.pathname).toBe('/authorize');
    expect((await ask({ scope, prompt: 'none' }, asking, one.browser)).answer.error).toBe('consent_required');
    // Going on without an answer leads back.
    expect((await one.browser.call(resume(asking, asked))).location?.pathname).toBe('/authorize');
    expect((await consent(asking, one, asked)).answer.code).toBeDefined();
    expect((await ask({ scope }, asking, one.browser)).answer.code).toBeDefined();
    expect((await ask({ scope: 'openid' }, asking, one.browser)).answer.code).toBeDefined();
    expect((await ask({ scope: 'openid email profile' }, asking, one.browser)).location?.pathname).toBe('/authorize');
    expect((await ask({ scope, prompt: 'consent' }, asking, one.browser)).location?.pathname).toBe('/authorize');
    expect(
      (await ask({ scope }, await registerParty(provider.project, { consent: 'ask' }), one.browser)).location?.pathname,
    ).toBe('/authorize');
  });

  test('a denied request answers access_denied, once', async () => {
    const asking = await registerParty(provider.project, { consent: 'ask' });
    const asked = await ask({}, asking);
    const denied = await consent(asking, person, asked, false);
    expectAnswer(denied);
    expect(denied.answer.error).toBe('access_denied');
    expectPage(await person.browser.call(resume(asking, asked)));
  });

  test('what one person allowed does not count for the next one in the same browser', async () => {
    const asking = await registerParty(provider.project, { consent: 'ask' });
    const one = await signedIn(provider);
    const asked = await ask({}, asking, one.browser);
    await consent(asking, one, asked, true);
    const again = await ask({ prompt: 'consent' }, asking, one.browser);
    one.browser.enter(await signIn(provider.project, await makePerson(provider.project)));
    expect((await one.browser.call(resume(asking, again))).location?.pathname).toBe('/authorize');
  });

  test('a native application is asked each time, although the operator skips consent (RFC 8252 §8.6)', async () => {
    const redirect_uri = 'com.example.app:/callback';
    const native = await registerParty(provider.project, { kind: 'native', redirectUris: [redirect_uri] });
    const asked = await ask({ redirect_uri }, native);
    const reply = await consent(native, person, asked);
    expect(reply.headers.location).toMatch(/^com\.example\.app:\/callback\?code=[\w-]{43}&/);
    expect((await ask({ redirect_uri }, native)).location?.pathname).toBe('/authorize');
  });
});

describe('step 7: the code', () => {
  test('of concurrent answers to one stored request, one gets a code', async () => {
    const asking = await registerParty(provider.project, { consent: 'ask' });
    const asked = await ask({}, asking);
    await answerConsent(person.proof, { id: requestOf(asked), browserHash: person.browser.hash, isAllowed: true });
    const replies = await Promise.all(Array.from({ length: 6 }, () => person.browser.call(resume(asking, asked))));
    expect(replies.filter(({ answer }) => answer.code !== undefined)).toHaveLength(1);
  });
});

describe('POST', () => {
  test('stores the request, because it carries no session, and continues by GET', async () => {
    // As a browser sends a cross-site form: without the session's cookie, with the origin of the application.
    const form = requestOfParty(party.application, { nonce: 'posted' });
    const posted = await stranger().call('/oauth2/auth', { form, headers: { origin: 'https://wiki.example.com' } });
    expect([posted.status, posted.location?.pathname]).toEqual([303, '/oauth2/auth']);
    expect(posted.location?.href.startsWith(provider.origin)).toBe(true);
    const reply = await person.browser.call(`${posted.location?.pathname}${posted.location?.search}`);
    expectAnswer(reply);
    const tokens = (await token(provider, party, redemption(reply.answer.code ?? ''))).json();
    expect(claimsIn(tokens.id_token).nonce).toBe('posted');
  });

  test('answers faults as GET does', async () => {
    const post = (form: Record<string, string>) => stranger().call('/oauth2/auth', { form });
    expectPage(await post(requestOfParty(party.application, { redirect_uri: 'https://evil.example' })));
    const reply = await post(requestOfParty(party.application, { response_type: 'token' }));
    expectAnswer(reply);
    expect(reply.answer.error).toBe('unsupported_response_type');
    expectPage(await stranger().call('/oauth2/auth', { body: '{}', headers: { 'content-type': 'application/json' } }));
    expectPage(await post({ client_id: 'x'.repeat(20_000) }), 413);
  });
});

describe('the host', () => {
  test('another host of the project leads to its primary origin, where the session is', async () => {
    const { host } = new URL(provider.origin);
    const reply = await provider.call(requestPath(party), {
      headers: { host: host.replace('localhost', '127.0.0.1') },
    });
    expect([reply.status, reply.headers.location]).toEqual([303, provider.origin + requestPath(party)]);
  });

  test('a foreign host is refused by a page', async () => {
    expectPage(await provider.call(requestPath(party), { headers: { host: 'evil.example' } }), 421);
  });
});
