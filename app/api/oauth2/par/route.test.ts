import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { makeClient } from '@/testing/oauth-api';
import {
  type Party,
  PersonBrowser,
  type Provider,
  redemption,
  registerParty,
  requestOfParty,
  signedIn,
  startProvider,
  token,
} from '@/testing/relying-party';

let provider: Provider;
let party: Party;
let person: Awaited<ReturnType<typeof signedIn>>;

beforeAll(async () => {
  provider = await startProvider();
  party = await registerParty(provider.project);
  person = await signedIn(provider);
});
afterAll(() => provider.close());
afterEach(() => {
  vi.useRealTimers();
});

const basicOf = ({ application, secret }: Party) =>
  `Basic ${Buffer.from(`${application.clientId}:${secret}`).toString('base64')}`;
const push = (changes: Record<string, string | undefined> = {}, of = party) => {
  const { client_id, ...form } = requestOfParty(of.application, changes);
  return of.secret === null
    ? provider.call('/oauth2/par', { form: { client_id: client_id ?? '', ...form } })
    : provider.call('/oauth2/par', { form, headers: { authorization: basicOf(of) } });
};
const go = (requestUri: unknown, of = party, browser = person.browser) =>
  browser.call(
    `/oauth2/auth?${new URLSearchParams({ client_id: of.application.clientId, request_uri: String(requestUri) })}`,
  );

test('stores a request of an authenticated application for 90 seconds (RFC 9126 §2.2)', async () => {
  const reply = await push();
  expect(reply.status).toBe(201);
  expect(reply.headers['cache-control']).toBe('no-store');
  const { request_uri, ...rest } = reply.json();
  expect(request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/);
  expect(rest).toEqual({ expires_in: 90 });
  expect(JSON.stringify(await (await db()).authorizationRequest.findMany())).not.toContain(party.secret);
});

test('signs in once with what was pushed; parameters of the address do not count', async () => {
  const { request_uri } = (await push()).json();
  const path = `/oauth2/auth?${new URLSearchParams({
    ...requestOfParty(party.application, { state: 'forged', redirect_uri: 'https://evil.example' }),
    request_uri: String(request_uri),
  })}`;
  const reply = await person.browser.call(path);
  expect(reply.answer.state).toBe('s t&=ä');
  expect((await token(provider, party, redemption(reply.answer.code ?? ''))).status).toBe(200);
  expect((await go(request_uri)).status).toBe(400);
});

test('CVE-2025-64708: expires after 90 seconds by the clock', async () => {
  const { request_uri } = (await push()).json();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 90_000 });
  const reply = await go(request_uri);
  expect([reply.status, reply.location]).toEqual([400, null]);
});

test('is bound to the browser that presents it first, and then has time for a sign-in', async () => {
  const { request_uri } = (await push()).json();
  const asked = await go(request_uri, party, new PersonBrowser(provider));
  expect(asked.location?.pathname).toBe('/login');
  expect((await go(request_uri)).status).toBe(400);
});

test('is of no use to another application', async () => {
  const { request_uri } = (await push()).json();
  expect((await go(request_uri, await registerParty(provider.project))).status).toBe(400);
});

test('is taken from a public application by its client ID', async () => {
  const native = await registerParty(provider.project, { kind: 'browser' });
  expect((await push({}, native)).status).toBe(201);
});

test.each([
  ['invalid_request', 'an unregistered redirect URI', { redirect_uri: 'https://evil.example' }],
  ['invalid_request', 'no redirect URI', { redirect_uri: undefined }],
  ['invalid_request', 'another request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }],
  ['unsupported_response_type', 'another response type', { response_type: 'token' }],
  ['invalid_scope', 'a scope without openid', { scope: 'email' }],
  ['request_not_supported', 'a request object', { request: 'x' }],
])('answers %s to %s', async (error, _, changes) => {
  const reply = await push(changes);
  expect([reply.status, reply.json().error]).toEqual([400, error]);
});

test('refuses a wrong secret, an API credential and other methods', async () => {
  const wrong = await push({}, { ...party, secret: 'wrong' });
  expect([wrong.status, wrong.json().error]).toEqual([401, 'invalid_client']);
  const { credential, clientSecret } = await makeClient(provider.project);
  const authorization = `Basic ${Buffer.from(`${credential.clientId}:${clientSecret}`).toString('base64')}`;
  const { client_id: _, ...form } = requestOfParty(party.application);
  const foreign = await provider.call('/oauth2/par', { form, headers: { authorization } });
  expect([foreign.status, foreign.json().error]).toEqual([400, 'unauthorized_client']);
  expect((await provider.call('/oauth2/par')).status).toBe(405);
});
