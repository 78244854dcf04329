import { CompactSign, exportJWK, generateKeyPair, importJWK, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NewApiCredential } from '@/lib/api-credential/contract';
import type { ApiCredential } from '@/lib/api-credential/model';
import { PRESETS } from '@/lib/api-credential/model';
import {
  createApiCredential,
  getApiCredential,
  revokeApiCredential,
  updateApiCredential,
} from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { decrypt } from '@/lib/platform/secret';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import type { AccessTokenClaims, Scope } from './model';
import { issueAccessToken, verifyAccessToken } from './service';

let project: Project;
let credential: ApiCredential;

beforeEach(async () => {
  project = await makeProject();
  credential = await create();
});
afterEach(() => {
  vi.useRealTimers();
});

const create = async (input: Partial<NewApiCredential> = {}, at = project) =>
  (await createApiCredential(cliActor(at.id), { name: 'Payroll', ...input })).credential;
const contextOf = (at: Project) => ({ projectId: at.id, origin: at.origin, address: '192.0.2.1', requestId: 'r1' });
const issue = (scopes: Scope[] = ['openid'], of = credential, at = project, audiences = [`${at.origin}/admin`]) =>
  issueAccessToken({ projectId: at.id, origin: at.origin }, of, { scopes, audiences });
const verify = (token: string, at = project) => verifyAccessToken(contextOf(at), token);
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
const claimsOf = (token: string): AccessTokenClaims => decode(token.split('.')[1]);
const headerOf = (token: string): Record<string, string> => decode(token.split('.')[0]);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs any claims with the project's current key. */
async function forge(claims: object, header: Record<string, unknown> = {}, at = project): Promise<string> {
  const row = await (await db()).signingKey.findFirstOrThrow({ where: { projectId: at.id, state: 'current' } });
  const key = await importJWK(JSON.parse(decrypt('signing-key', row.privateJwk, row.id)), row.algorithm);
  const protectedHeader = { alg: row.algorithm, kid: row.id, typ: 'at+jwt', ...header };
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader(protectedHeader as { alg: string })
    .sign(key, { crit: { exp: true } });
}

describe('issueAccessToken', () => {
  test('signs the header and claims of RFC 9068', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const before = Math.floor(Date.now() / 1000);
    const { accessToken, expiresInSeconds, scopes } = await issue(['openid', 'identities:read']);
    const claims = claimsOf(accessToken);
    expect(headerOf(accessToken)).toEqual({ alg: 'ES256', kid: expect.any(String), typ: 'at+jwt' });
    expect(claims).toEqual({
      iss: project.origin,
      sub: credential.clientId,
      aud: [`${project.origin}/admin`],
      exp: claims.iat + 3600,
      iat: expect.any(Number),
      nbf: claims.iat,
      jti: expect.any(String),
      client_id: credential.clientId,
      scope: 'openid identities:read',
    });
    expect(claims.iat).toBeGreaterThanOrEqual(before);
    expect(expiresInSeconds).toBe(3599);
    expect(scopes).toEqual(['openid', 'identities:read']);
  });

  test('gives each token its own jti', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => issue()));
    expect(new Set(tokens.map(({ accessToken }) => claimsOf(accessToken).jti)).size).toBe(20);
  });

  test('returns 3599 seconds at every point of a second', async () => {
    for (const millis of [0, 1, 500, 999]) {
      vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-04-01T00:00:00Z').getTime() + millis });
      expect((await issue()).expiresInSeconds).toBe(3599);
    }
  });

  test('limits the lifetime to the expiry of the credential', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const brief = await create({ expiresAt: new Date(Date.now() + 90_500) });
    const { accessToken, expiresInSeconds } = await issue(['openid'], brief);
    expect(expiresInSeconds).toBe(90);
    expect(claimsOf(accessToken).exp * 1000).toBeLessThanOrEqual(brief.expiresAt?.getTime() ?? 0);
  });
});

describe('verifyAccessToken', () => {
  test('returns the actor and its effective scopes', async () => {
    const { accessToken } = await issue();
    const outcome = await verify(accessToken);
    expect(outcome?.actor).toEqual({
      projectId: project.id,
      kind: 'api_credential',
      id: credential.clientId,
      requestId: 'r1',
      address: '192.0.2.1',
    });
    expect([...(outcome?.scopes ?? [])]).toEqual(PRESETS.full);
  });

  test('records the last use of the credential', async () => {
    const { accessToken } = await issue();
    await verify(accessToken);
    await vi.waitFor(async () => {
      expect(await getApiCredential(project.id, credential.clientId)).toMatchObject({ lastUsedAddress: '192.0.2.1' });
    });
  });

  test('accepts a token from nbf until just before exp', async () => {
    const { accessToken } = await issue();
    const { exp, nbf } = claimsOf(accessToken);
    vi.useFakeTimers({ toFake: ['Date'], now: exp * 1000 - 1 });
    expect(await verify(accessToken)).not.toBeNull();
    vi.setSystemTime(exp * 1000);
    expect(await verify(accessToken)).toBeNull();
    vi.setSystemTime(nbf * 1000 - 1);
    expect(await verify(accessToken)).toBeNull();
  });

  test('checks the credential on every call', async () => {
    const { accessToken } = await issue(['identities:read', 'identities:write']);
    expect([...((await verify(accessToken))?.scopes ?? [])]).toEqual(['identities:read', 'identities:write']);
    await updateApiCredential(cliActor(project.id), credential.clientId, { scopes: [...PRESETS.read] });
    expect([...((await verify(accessToken))?.scopes ?? [])]).toEqual(['identities:read']);
    await revokeApiCredential(cliActor(project.id), credential.clientId);
    expect(await verify(accessToken)).toBeNull();
  });

  test('refuses a token whose credential is deleted', async () => {
    const { accessToken } = await issue();
    expect(await verify(accessToken)).not.toBeNull();
    await (await db()).apiCredential.delete({ where: { id: credential.id } });
    expect(await verify(accessToken)).toBeNull();
  });

  test('refuses a token after an earlier expiry is set on the credential', async () => {
    const { accessToken } = await issue();
    await updateApiCredential(cliActor(project.id), credential.clientId, { expiresAt: new Date(Date.now() + 60_000) });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expect(await verify(accessToken)).toBeNull();
  });

  test('accepts a token with several audiences when one is the admin API', async () => {
    const audiences = ['https://api.example.com', `${project.origin}/admin`];
    const { accessToken } = await issue(['openid'], credential, project, audiences);
    expect(await verify(accessToken)).not.toBeNull();
  });
});

describe('CVE-2026-28513, CVE-2026-1529: refuses each fault alone:', () => {
  let token: string;
  let claims: AccessTokenClaims;

  beforeEach(async () => {
    token = (await issue()).accessToken;
    claims = claimsOf(token);
  });

  test('but accepts an unchanged forged token', async () => {
    expect(await verify(await forge(claims))).not.toBeNull();
  });

  test('any changed character', async () => {
    expect(await verify(token)).not.toBeNull();
    for (let at = 0; at < token.length; at++) {
      if (token[at] === '.') continue;
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(await verify(changed), `character ${at}`).toBeNull();
    }
  });

  test('another encoding of the same signature', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1) ?? '');
    // 64 bytes leave four bits of the last character unused.
    const reencoded = token.slice(0, -1) + alphabet.charAt(last ^ 1);
    expect(Buffer.from(reencoded.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(token.split('.')[2] ?? '', 'base64url'),
    );
    expect(await verify(reencoded)).toBeNull();
    expect(await verify(`${token}=`)).toBeNull();
    expect(await verify(` ${token}`)).toBeNull();
  });

  test.each(['', '.', '..', 'a.b.c', 'x', '{}', 'e30.e30.', `${'a'.repeat(9000)}.b.c`])(
    'a malformed token: %s',
    async (text) => {
      expect(await verify(text)).toBeNull();
    },
  );

  // ASVS 9.1.1, ASVS 9.1.2
  test('no signature with alg none, case-insensitive', async () => {
    expect(await verify(new UnsecuredJWT(claims).encode())).toBeNull();
    const { kid } = headerOf(token);
    for (const alg of ['none', 'None', 'NONE', '']) {
      const unsigned = `${encode({ alg, kid, typ: 'at+jwt' })}.${encode(claims)}.`;
      expect(await verify(unsigned)).toBeNull();
      expect(await verify(`${unsigned}${token.split('.')[2]}`)).toBeNull();
    }
  });

  test('an HMAC signature keyed with the public key', async () => {
    const { kid } = headerOf(token);
    const { publicJwk } = await (await db()).signingKey.findUniqueOrThrow({ where: { id: kid } });
    const signer = new CompactSign(Buffer.from(JSON.stringify(claims)));
    const secret = Buffer.from(publicJwk);
    expect(await verify(await signer.setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' }).sign(secret))).toBeNull();
  });

  // ASVS 9.1.3
  test('a foreign signature under a known kid, also with a jwk header', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const { kid } = headerOf(token);
    const payload = Buffer.from(JSON.stringify(claims));
    for (const extra of [{}, { jwk: await exportJWK(publicKey) }]) {
      const signer = new CompactSign(payload).setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt', ...extra });
      expect(await verify(await signer.sign(privateKey))).toBeNull();
    }
  });

  test("another project's token, and a token signed with another project's key", async () => {
    const other = await makeProject();
    const foreign = await issue(['openid'], await create({}, other), other);
    expect(await verify(foreign.accessToken, other)).not.toBeNull();
    expect(await verify(foreign.accessToken)).toBeNull();
    expect(await verify(token, other)).toBeNull();
    expect(await verify(await forge(claims, {}, other))).toBeNull();
  });

  // ASVS 9.2.2
  test.each<[string, Record<string, unknown>]>([
    ['typ JWT', { typ: 'JWT' }],
    ['typ of an ID token', { typ: 'id_token+jwt' }],
    ['no typ', { typ: undefined }],
    ['no kid', { kid: undefined }],
    ['an unknown kid', { kid: 'unknown-1' }],
    ['a kid that is not a string', { kid: 7 }],
    ['a kid with NUL', { kid: 'a\0' }],
    ['a kid with a lone surrogate', { kid: '\ud800' }],
    ['an empty kid', { kid: '' }],
    ['an overlong kid', { kid: 'a'.repeat(101) }],
    ['critical extensions', { crit: ['exp'], exp: 1 }],
  ])('header: %s', async (_what, header) => {
    expect(await verify(await forge(claims, header))).toBeNull();
  });

  test('an algorithm other than that of the key', async () => {
    const { kid } = headerOf(token);
    const { privateKey } = await generateKeyPair('RS256');
    const signer = new CompactSign(Buffer.from(JSON.stringify(claims)));
    expect(
      await verify(await signer.setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' }).sign(privateKey)),
    ).toBeNull();
  });

  // ASVS 9.2.1, ASVS 9.2.3, ASVS 10.3.1
  test.each<[string, object]>([
    ['another issuer', { iss: 'https://evil.example.com' }],
    ['another audience (CVE-2026-55669)', { aud: ['https://evil.example.com/admin'] }],
    ['no audience', { aud: undefined }],
    ['an empty audience', { aud: [] }],
    ['another subject', { sub: 'another-subject' }],
    ['an unknown client', { sub: 'sc_unknown', client_id: 'sc_unknown' }],
    ['no client', { client_id: undefined }],
    ['no jti', { jti: undefined }],
    ['no scope', { scope: undefined }],
    ['exp in the past', { exp: 1000 }],
    ['no exp', { exp: undefined }],
    ['exp as text', { exp: '9999999999' }],
    ['a fractional exp', { exp: 9_999_999_999.5 }],
    ['nbf in the future', { nbf: 9_999_999_999 }],
    ['no nbf', { nbf: undefined }],
  ])('claims: %s', async (_what, changed) => {
    expect(await verify(await forge({ ...claims, ...changed }))).toBeNull();
  });

  test('claims that are not an object', async () => {
    expect(await verify(await forge([]))).toBeNull();
  });

  // ASVS 10.3.3
  test("another project's client in a correctly signed token", async () => {
    const { clientId } = await create({}, await makeProject());
    expect(await verify(await forge({ ...claims, sub: clientId, client_id: clientId }))).toBeNull();
  });
});
