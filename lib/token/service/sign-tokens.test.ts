import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import { makeRelyingParty, type RelyingParty } from '@/testing/relying-parties';
import { toKeySet } from '../contract';
import { signToken } from '../jwt';
import { accessTokenKeys, idTokenKeys, MAX_SIGNING_DAYS, type PersonGrant, RETIREMENT_SECONDS } from '../model';
import {
  publishedKeys,
  readIdTokenHint,
  readPersonToken,
  revokeSigningKey,
  rotateDueKeys,
  rotateSigningKey,
  signLogoutToken,
  signTokens,
  verifyAccessToken,
} from '../service';
import { ensureCurrentKey, signingKey } from './signing-keys';

const NOW = new Date('2026-06-01T00:00:00.250Z');
let project: Project;
let issuer: { projectId: string; origin: string };
let application: RelyingParty;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  project = await makeProject();
  issuer = { projectId: project.id, origin: project.origin };
  application = await makeRelyingParty(project);
});
afterEach(async () => {
  vi.useRealTimers();
  // Later tests that rotate due keys must not find this project.
  await (await db()).project.deleteMany();
});

const grantOf = (more: Partial<PersonGrant> = {}): PersonGrant => ({
  application,
  applicationSession: {
    id: newId(),
    identityId: newId(),
    authenticatedAt: new Date(NOW.getTime() - 60_000),
    method: 'code',
  },
  family: { id: newId(), audiences: [] },
  scopes: ['openid', 'email'],
  nonce: 'n-1',
  claims: { email: 'ada@example.com', email_verified: true },
  ...more,
});
const sign = (more: Partial<PersonGrant> = {}) => signTokens(issuer, grantOf(more));
const keySet = async () =>
  createLocalJWKSet(toKeySet(await publishedKeys(project.id)) as Parameters<typeof createLocalJWKSet>[0]);
const verify = async (token: string, typ: string) =>
  jwtVerify(token, await keySet(), { issuer: project.origin, typ, currentDate: new Date() });
const idTokenOf = async (more: Partial<PersonGrant> = {}) => (await sign(more)).idToken ?? '';

describe('signTokens', () => {
  test('signs an access token of the person for the issuer, with ES256', async () => {
    const grant = grantOf();
    const { accessToken, expiresInSeconds } = await signTokens(issuer, grant);
    const { payload, protectedHeader } = await verify(accessToken, 'at+jwt');
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: `${project.id}-1`, typ: 'at+jwt' });
    expect(payload).toEqual({
      iss: project.origin,
      sub: grant.applicationSession.identityId,
      aud: [project.origin],
      exp: 1_780_272_600,
      iat: 1_780_272_000,
      nbf: 1_780_272_000,
      jti: expect.stringMatching(new RegExp(`^${grant.family.id}\\.[\\da-f-]{36}$`)),
      client_id: application.clientId,
      scope: 'openid email',
      sid: grant.applicationSession.id,
    });
    expect(expiresInSeconds).toBe(600);
  });

  // OpenID Connect Core §2, §3.1.3.6, §3.1.3.7, §15.1
  test('signs an ID token with RS256, bound to the access token', async () => {
    const grant = grantOf();
    const { accessToken, idToken } = await signTokens(issuer, grant);
    const { payload, protectedHeader } = await verify(idToken ?? '', 'JWT');
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: `${project.id}-id-1`, typ: 'JWT' });
    expect(payload).toEqual({
      iss: project.origin,
      sub: grant.applicationSession.identityId,
      aud: application.clientId,
      exp: 1_780_275_600,
      iat: 1_780_272_000,
      auth_time: 1_780_271_940,
      amr: ['otp'],
      nonce: 'n-1',
      sid: grant.applicationSession.id,
      at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
      email: 'ada@example.com',
      email_verified: true,
    });
  });

  test('has an ID token with the scope openid only, and a nonce only if the request had one', async () => {
    expect((await sign({ scopes: ['email'] })).idToken).toBeNull();
    expect((await verify(await idTokenOf({ nonce: null }), 'JWT')).payload).not.toHaveProperty('nonce');
  });

  test.each(['passkey', 'setup'])('says that %s resists phishing', async (method) => {
    const { applicationSession } = grantOf();
    const { payload } = await verify(await idTokenOf({ applicationSession: { ...applicationSession, method } }), 'JWT');
    expect(payload).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] });
  });

  test('lets no claim about the person replace one about the token', async () => {
    const claims = {
      iss: 'https://evil.example',
      sub: 'x',
      aud: 'x',
      exp: 1,
      acr: 'x',
      sid: 'x',
      at_hash: 'x',
      nonce: 'x',
    };
    const { payload } = await verify(await idTokenOf({ claims, nonce: 'n-1' }), 'JWT');
    expect(payload).toMatchObject({ iss: project.origin, aud: application.clientId, nonce: 'n-1' });
    for (const [name, value] of Object.entries(claims)) expect(payload[name]).not.toBe(value);
  });

  test('names the audiences that were asked for, never the admin API', async () => {
    const family = { id: newId(), audiences: ['https://api.example.com'] };
    const { payload } = await verify((await sign({ family })).accessToken, 'at+jwt');
    expect(payload.aud).toEqual(['https://api.example.com']);
    const admin = { id: newId(), audiences: [`${project.origin}/admin`] };
    await expect(sign({ family: admin })).rejects.toThrow();
  });
});

describe('an access token of a person', () => {
  const context = () => ({ ...issuer, address: '192.0.2.1', requestId: 'r' });

  test('is read with its family', async () => {
    const grant = grantOf();
    const { accessToken } = await signTokens(issuer, grant);
    expect(await readPersonToken(issuer, accessToken)).toMatchObject({
      familyId: grant.family.id,
      kid: `${project.id}-1`,
      claims: { sub: grant.applicationSession.identityId, client_id: application.clientId },
    });
    expect(await verifyAccessToken(context(), accessToken)).toBeNull();
  });

  test('ends with its time', async () => {
    const { accessToken } = await sign();
    vi.setSystemTime(NOW.getTime() + 600_000);
    expect(await readPersonToken(issuer, accessToken)).toBeNull();
  });

  test('is not read from a token without a person, an ID token or a logout token', async () => {
    const key = await signingKey(accessTokenKeys(project.id));
    const grant = grantOf();
    const { accessToken, idToken } = await signTokens(issuer, grant);
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    const resign = (changed: object) =>
      signToken({ ...claims, ...changed }, { alg: key.algorithm, kid: key.kid }, key.handle);
    const own = await resign({ sub: application.clientId });
    const foreign = await resign({ iss: 'https://other.example.com' });
    const sessionless = await resign({ sid: undefined });
    const familyless = await resign({ jti: newId() });
    const logout = await signLogoutToken(issuer, { clientId: application.clientId, sub: 's', sid: 'i' });
    for (const token of [own, foreign, sessionless, familyless, idToken ?? '', logout])
      expect(await readPersonToken(issuer, token)).toBeNull();
  });

  test('with the key of the other series is refused despite its type', async () => {
    const { accessToken } = await sign();
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    const key = await signingKey(idTokenKeys(project.id));
    const forged = await signToken(claims, { alg: key.algorithm, kid: key.kid }, key.handle);
    expect(await readPersonToken(issuer, forged)).toBeNull();
  });
});

// Back-Channel Logout §2.4
test('signLogoutToken names the session and lives for two minutes', async () => {
  const token = await signLogoutToken(issuer, { clientId: application.clientId, sub: 'ada', sid: 'sid-1' });
  const { payload } = await verify(token, 'logout+jwt');
  expect(payload).toEqual({
    ...{ iss: project.origin, aud: application.clientId, sub: 'ada', sid: 'sid-1' },
    ...{ iat: 1_780_272_000, exp: 1_780_272_120, jti: expect.any(String) },
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
});

describe('readIdTokenHint', () => {
  test('accepts an expired token, also of a key that is no longer published', async () => {
    const grant = grantOf();
    const { idToken } = await signTokens(issuer, grant);
    const { identityId: sub, id: sid } = grant.applicationSession;
    await rotateSigningKey(cliActor(project.id), { purpose: 'id_token' });
    vi.setSystemTime(NOW.getTime() + (RETIREMENT_SECONDS + 1) * 1000);
    expect(await readIdTokenHint(issuer, idToken ?? '')).toEqual({ sub, aud: application.clientId, sid });
  });

  test('refuses access and logout tokens, those of other projects and issuers, and altered ones', async () => {
    const { accessToken, idToken } = await sign();
    const logout = await signLogoutToken(issuer, { clientId: application.clientId, sub: 's', sid: 'i' });
    const [head = '', body = '', signature = ''] = (idToken ?? '').split('.');
    const altered = `${head}.${Buffer.from(Buffer.from(body, 'base64url').toString().replace('otp', 'pop')).toString('base64url')}.${signature}`;
    for (const token of [accessToken, logout, altered, '', 'x.y.z'])
      expect(await readIdTokenHint(issuer, token)).toBeNull();
    expect(await readIdTokenHint({ ...issuer, origin: 'https://other.example.com' }, idToken ?? '')).toBeNull();
    expect(await readIdTokenHint({ ...issuer, projectId: (await makeProject()).id }, idToken ?? '')).toBeNull();
  });

  test('refuses a token of a revoked key', async () => {
    const idToken = await idTokenOf();
    await revokeSigningKey(cliActor(project.id), decodeProtectedHeader(idToken).kid ?? '');
    expect(await readIdTokenHint(issuer, idToken)).toBeNull();
  });
});

describe('the keys of ID tokens', () => {
  const listed = async () =>
    (await publishedKeys(project.id)).map(({ kid, state, algorithm }) => `${kid.slice(37)} ${state} ${algorithm}`);

  test('are published once the project has an application', async () => {
    expect(await listed()).toEqual(['1 current ES256', '2 next ES256', 'id-1 current RS256', 'id-2 next RS256']);
    const { id } = await makeProject();
    expect((await publishedKeys(id)).map(({ purpose }) => purpose)).toEqual(['access_token', 'access_token']);
  });

  test('rotate and are revoked by themselves', async () => {
    const idToken = await idTokenOf();
    await rotateSigningKey(cliActor(project.id), { purpose: 'id_token' });
    expect(await listed()).toEqual([
      ...['1 current ES256', '2 next ES256', 'id-2 current RS256', 'id-3 next RS256', 'id-1 retired RS256'],
    ]);
    await verify(idToken, 'JWT');
    const current = await revokeSigningKey(cliActor(project.id), `${project.id}-id-2`);
    expect(current.kid).toBe(`${project.id}-id-3`);
    await expect(verify(await idTokenOf(), 'JWT')).resolves.toBeTruthy();
    expect((await ensureCurrentKey(accessTokenKeys(project.id))).kid).toBe(`${project.id}-1`);
  });

  test('keep RS256 under any algorithm of the project', async () => {
    await rotateSigningKey(cliActor(project.id), { algorithm: 'RS256' });
    await rotateSigningKey(cliActor(project.id), { algorithm: 'ES256', isUrgent: true });
    await idTokenOf();
    vi.setSystemTime(NOW.getTime() + (MAX_SIGNING_DAYS + 1) * 86_400_000);
    expect(await rotateDueKeys()).toBe(2);
    expect((await ensureCurrentKey(idTokenKeys(project.id))).algorithm).toBe('RS256');
    expect(await rotateDueKeys()).toBe(0);
  });
});
