import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { revokeApiCredential, type WithSecret } from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { closeDb } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import type { Project } from '@/lib/project/model';
import {
  base64,
  basicHeader,
  callOAuth,
  expectOAuthError,
  makeClient,
  oauthRequest,
  PARAMS,
  randomAddress,
  type Sent,
} from '@/testing/oauth-api';
import { makeProject } from '@/testing/project';
import * as introspect from './introspect/route';
import * as revoke from './revoke/route';

let project: Project;
let basic: WithSecret;
let post: WithSecret;
let address: string;

beforeEach(async () => {
  project = await makeProject();
  basic = await makeClient(project);
  post = await makeClient(project, { authMethod: 'client_secret_post' });
  address = randomAddress();
});
afterEach(() => {
  vi.useRealTimers();
});

const inBody = ({ credential, clientSecret }: WithSecret): Sent => ({
  authorization: null,
  form: { token: 'x', client_id: credential.clientId, client_secret: clientSecret },
});

/** Introspection and revocation share client authentication; the token endpoint's own test has the remaining cases. */
describe.each([
  ['/oauth2/introspect', introspect],
  ['/oauth2/revoke', revoke],
])('%s', (path, route) => {
  const request = (sent: Sent, method = 'POST') =>
    oauthRequest(
      project,
      path,
      { form: { token: 'x' }, authorization: basicHeader(basic), from: address, ...sent },
      method,
    );
  const send = (sent: Sent = {}) => callOAuth(route.POST, request(sent));

  test('returns 200 for Basic and body credentials, with a charset, empty and unknown fields', async () => {
    expect((await send()).status).toBe(200);
    expect((await send(inBody(post))).status).toBe(200);
    const type = 'application/x-www-form-urlencoded; charset=UTF-8';
    expect((await send({ type, form: { token: 'x', token_type_hint: '', resource: 'y' } })).status).toBe(200);
  });

  test.each<[string, Sent]>([
    ['an empty body', { form: '' }],
    ['no token', { form: { token_type_hint: 'access_token' } }],
    ['an empty token', { form: { token: '' } }],
    ['a token twice', { form: 'token=a&token=a' }],
    ['a hint twice', { form: 'token=a&token_type_hint=a&token_type_hint=b' }],
    ['JSON', { type: 'application/json', form: '{"token":"x"}' }],
    ['no content type', { type: null, form: new TextEncoder().encode('token=x') }],
    ['broken percent-encoding', { form: 'token=%zz' }],
    ['NUL', { form: 'token=a%00' }],
    ['Basic that is no base64', { authorization: 'Basic ???' }],
    ['a client secret in the query string', { query: '?client_secret=x' }],
    ['a token in the query string only', { query: '?token=x', form: 'a=b' }],
  ])('returns 400 invalid_request for %s', async (_label, sent) => {
    expectOAuthError(await send(sent), 400, 'invalid_request');
  });

  test('returns 400 invalid_request for Basic and body together', async () => {
    const { form } = inBody(basic);
    expectOAuthError(await send({ form }), 400, 'invalid_request');
  });

  // ASVS 10.4.10
  test('returns 401 for a missing, unknown, revoked or expired client, another scheme or method, and a wrong secret', async () => {
    const expired = await makeClient(project, { expiresAt: new Date(Date.now() + 1000) });
    const revoked = await makeClient(project);
    await revokeApiCredential(cliActor(project.id), revoked.credential.clientId);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1000 });
    const foreign = await makeClient(await makeProject());
    const unknown = [
      { authorization: `Basic ${base64(`sc_nobody:${basic.clientSecret}`)}` },
      { authorization: `Basic ${base64(`${basic.credential.clientId}:wrong`)}` },
      { authorization: basicHeader(revoked) },
      { authorization: basicHeader(foreign) },
    ];
    const refused = [
      ...unknown,
      { authorization: null },
      { authorization: 'Bearer x' },
      inBody(basic),
      { authorization: basicHeader(post) },
      { authorization: basicHeader(expired) },
    ];
    for (const sent of refused) {
      const answer = await send(sent);
      expectOAuthError(answer, 401, 'invalid_client');
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
    }
    const texts = await Promise.all(unknown.map(async (sent) => (await send(sent)).text));
    expect(new Set(texts).size).toBe(1);
  });

  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('returns 405 for %s', async (method) => {
    const response = await route[method](request({}, method), PARAMS);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('returns 413 for a body of more than 64 KiB', async () => {
    expectOAuthError(await send({ form: { token: 'x'.repeat(64 * 1024) } }), 413, 'invalid_request');
  });

  // ASVS 6.3.1
  test('returns 429 for guessing, without locking out the legitimate client', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const wrong = { authorization: `Basic ${base64(`${basic.credential.clientId}:wrong`)}` };
    await Promise.all(Array.from({ length: 20 }, () => send(wrong)));
    const refused = await send(wrong);
    expectOAuthError(refused, 429, 'temporarily_unavailable');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send()).status).toBe(200);
  });

  test('returns 503 when the database is unavailable', async () => {
    await closeDb();
    vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none');
    resetEnv();
    try {
      const answer = await send();
      expectOAuthError(answer, 503, 'temporarily_unavailable');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await closeDb();
      vi.unstubAllEnvs();
      resetEnv();
    }
  });
});
