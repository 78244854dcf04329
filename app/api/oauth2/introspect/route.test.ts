import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PRESETS } from '@/lib/api-credential/model';
import { revokeApiCredential, updateApiCredential, type WithSecret } from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import type { Scope } from '@/lib/token/model';
import { issueAccessToken, revokeSigningKey, revokeToken, rotateSigningKey } from '@/lib/token/service';
import { basicHeader, callOAuth, expectNeverStored, makeClient, oauthRequest } from '@/testing/oauth-api';
import { makeProject } from '@/testing/project';
import { POST } from './route';

const OTHER = 'https://api.example.com';
let project: Project;
let client: WithSecret;

beforeEach(async () => {
  project = await makeProject();
  client = await makeClient(project, { audiences: [OTHER] });
});
afterEach(() => {
  vi.useRealTimers();
});

const issue = async (
  scopes: Scope[] = ['identities:read', 'identities:write'],
  { of = client, at = project, audiences = [`${project.origin}/admin`] } = {},
) =>
  (await issueAccessToken({ projectId: at.id, origin: at.origin }, of.credential, { scopes, audiences })).accessToken;
const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
const ask = (token: string, { as = client, at = project, hint = '' } = {}) =>
  callOAuth(
    POST,
    oauthRequest(at, '/oauth2/introspect', { form: { token, token_type_hint: hint }, authorization: basicHeader(as) }),
  );
const change = (input: Parameters<typeof updateApiCredential>[2]) =>
  updateApiCredential(cliActor(project.id), client.credential.clientId, input);
const INACTIVE = '{"active":false}';

describe('200 active', () => {
  test('returns the claims of RFC 7662, and forbids caching', async () => {
    const token = await issue();
    const answer = await ask(token);
    expect(answer.status).toBe(200);
    expectNeverStored(answer);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(answer.body).toEqual({
      active: true,
      scope: 'identities:read identities:write',
      client_id: client.credential.clientId,
      token_type: 'Bearer',
      exp: claims.exp,
      iat: claims.iat,
      nbf: claims.nbf,
      sub: client.credential.clientId,
      aud: [`${project.origin}/admin`],
      iss: project.origin,
      jti: claims.jti,
    });
  });

  test.each(['access_token', 'refresh_token', 'something'])('ignores the hint: %s', async (hint) => {
    expect((await ask(await issue(), { hint })).body.active).toBe(true);
  });

  test('accepts a token for another audience', async () => {
    expect((await ask(await issue(['openid'], { audiences: [OTHER] }))).body).toMatchObject({
      active: true,
      aud: [OTHER],
    });
  });

  test('limits scope to the credential’s current scopes', async () => {
    const [both, write, openid] = [await issue(), await issue(['identities:write']), await issue(['openid'])];
    const [openidAndWrite, openidAndRead] = [
      await issue(['openid', 'identities:write']),
      await issue(['openid', 'identities:read']),
    ];
    await change({ scopes: [...PRESETS.read] });
    expect((await ask(both)).body.scope).toBe('identities:read');
    expect((await ask(openid)).body.scope).toBe('openid');
    expect((await ask(openidAndRead)).body.scope).toBe('openid identities:read');
    // `openid` alone would exceed the token's own scope.
    for (const token of [write, openidAndWrite]) expect((await ask(token)).body).not.toHaveProperty('scope');
  });

  test('accepts a token signed with a key that has since retired', async () => {
    const token = await issue();
    await rotateSigningKey(cliActor(project.id));
    expect((await ask(token)).body.active).toBe(true);
  });
});

describe('200 inactive, without further members', () => {
  test('a malformed token', async () => {
    for (const token of ['x', 'a.b.c', 'ä', '"', client.clientSecret, 'x'.repeat(20_000)]) {
      const answer = await ask(token);
      expect([answer.status, answer.text]).toEqual([200, INACTIVE]);
      expectNeverStored(answer);
    }
  });

  test('a changed signature', async () => {
    const token = await issue();
    const flipped = token.at(-10) === 'A' ? 'B' : 'A';
    expect((await ask(`${token.slice(0, -10)}${flipped}${token.slice(-9)}`)).text).toBe(INACTIVE);
  });

  test('another client’s token', async () => {
    const token = await issue();
    expect((await ask(token, { as: await makeClient(project) })).text).toBe(INACTIVE);
    expect((await ask(token)).body.active).toBe(true);
  });

  test('another project’s token, also where the client is the same', async () => {
    const other = await makeProject();
    const foreign = await makeClient(other);
    const token = await issue(['openid'], { of: foreign, at: other, audiences: [`${other.origin}/admin`] });
    expect((await ask(token, { as: foreign, at: other })).body.active).toBe(true);
    expect((await ask(token)).text).toBe(INACTIVE);
    const borrowed = await issue(['openid'], { of: client, at: other });
    expect((await ask(borrowed)).text).toBe(INACTIVE);
  });

  test('an expired token, from the second of its expiry', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') });
    const token = await issue();
    vi.setSystemTime(new Date('2026-05-01T10:59:59.999Z'));
    expect((await ask(token)).body.active).toBe(true);
    vi.setSystemTime(new Date('2026-05-01T11:00:00Z'));
    expect((await ask(token)).text).toBe(INACTIVE);
  });

  test('CVE-2026-8922: a revoked token', async () => {
    const token = await issue();
    await revokeToken({ projectId: project.id, address: '192.0.2.1', requestId: 'r' }, client.credential, token);
    expect((await ask(token)).text).toBe(INACTIVE);
    expect((await ask(await issue())).body.active).toBe(true);
  });

  test('CVE-2026-8922: a token signed with a revoked key', async () => {
    const token = await issue();
    expect((await ask(token)).body.active).toBe(true);
    await revokeSigningKey(cliActor(project.id), kidOf(token));
    expect((await ask(token)).text).toBe(INACTIVE);
    expect((await ask(await issue())).body.active).toBe(true);
  });

  test('a token of an issuer that the project no longer has', async () => {
    const token = await issue();
    const origin = `https://moved-${project.slug}.example.com`;
    await (await db()).projectOrigin.updateMany({ where: { projectId: project.id }, data: { origin } });
    expect((await ask(token, { at: { ...project, origin } })).text).toBe(INACTIVE);
  });

  test('a token for an audience that the credential no longer has', async () => {
    const both = await issue(['openid'], { audiences: [OTHER, `${project.origin}/admin`] });
    const alone = await issue(['openid'], { audiences: [OTHER] });
    await change({ audiences: [] });
    expect((await ask(both)).body.aud).toEqual([`${project.origin}/admin`]);
    expect((await ask(alone)).text).toBe(INACTIVE);
  });
});

test('returns 401 to a revoked credential', async () => {
  const token = await issue();
  await revokeApiCredential(cliActor(project.id), client.credential.clientId);
  expect((await ask(token)).status).toBe(401);
});
