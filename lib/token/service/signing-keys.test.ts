import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApiCredential } from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { makeProject } from '@/lib/platform/testing/project';
import type { Project } from '@/lib/project/model';
import { toKeySet } from '../contract';
import type { SigningAlgorithm } from '../model';
import { issueAccessToken, verifyAccessToken } from '../service';
import { publishedKeys, rotateSigningKey, signingKey, verificationKey } from './signing-keys';

const MINUTE = 60_000;
let project: Project;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T00:00:00.250Z') });
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
});

const travel = (minutes: number) => vi.setSystemTime(Date.now() + minutes * MINUTE);
const rows = async () => (await db()).signingKey.findMany({ where: { projectId: project.id } });
const rotate = (algorithm?: SigningAlgorithm) => rotateSigningKey(cliActor(project.id), algorithm);
const states = async () => (await publishedKeys(project.id)).map(({ state }) => state);

async function issueToken(): Promise<string> {
  const { credential } = await createApiCredential(cliActor(project.id), { name: 'Test' });
  const granted = { scopes: ['openid'] as const, audiences: [`${project.origin}/admin`] };
  return (await issueAccessToken({ projectId: project.id, origin: project.origin }, credential, granted)).accessToken;
}

const isGood = async (token: string) =>
  (await verifyAccessToken(
    { projectId: project.id, origin: project.origin, address: '192.0.2.1', requestId: 'r' },
    token,
  )) !== null;

describe('the first keys', () => {
  test('are made at first need: one that signs and the next one, and one event', async () => {
    expect(await rows()).toEqual([]);
    expect(await states()).toEqual(['current', 'next']);
    const events = await (await db()).auditEvent.findMany({ where: { projectId: project.id } });
    expect(events).toMatchObject([{ type: 'signing_key.created', actorKind: 'system' }]);
  });

  test('are made once, however many need them at the same time', async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, () => signingKey(project.id)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['current', 'next']);
  });

  test('their private part is stored encrypted, and is not published', async () => {
    const published = toKeySet(await publishedKeys(project.id));
    for (const key of published.keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    }
    for (const row of await rows()) {
      expect(row.privateJwk).not.toContain('{');
      expect(Buffer.from(row.privateJwk, 'base64url').includes('"d"')).toBe(false);
      expect(JSON.parse(row.publicJwk)).not.toHaveProperty('d');
    }
  });

  test("another project's key is not found", async () => {
    const { kid } = await signingKey(project.id);
    expect(await verificationKey(project.id, kid)).not.toBeNull();
    expect(await verificationKey((await makeProject()).id, kid)).toBeNull();
  });
});

describe('a stranger with our key set', () => {
  test('can verify a token', async () => {
    const token = await issueToken();
    const keySet = createLocalJWKSet(
      toKeySet(await publishedKeys(project.id)) as Parameters<typeof createLocalJWKSet>[0],
    );
    const { payload, protectedHeader } = await jwtVerify(token, keySet, {
      issuer: project.origin,
      audience: `${project.origin}/admin`,
      typ: 'at+jwt',
      currentDate: new Date(),
    });
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload.scope).toBe('openid');
  });
});

describe('rotation', () => {
  test('lets the next key sign, publishes a new one, and no token becomes invalid', async () => {
    const before = await publishedKeys(project.id);
    const old = await issueToken();
    travel(6);
    const current = await rotate();
    expect(current.kid).toBe(before.find(({ state }) => state === 'next')?.kid);
    expect(await states()).toEqual(['current', 'next', 'retired']);
    const fresh = await issueToken();
    expect(JSON.parse(Buffer.from(fresh.split('.')[0] ?? '', 'base64url').toString()).kid).toBe(current.kid);
    expect([await isGood(old), await isGood(fresh)]).toEqual([true, true]);
    travel(53);
    expect(await isGood(old)).toBe(true);
    const [event] = await (await db()).auditEvent.findMany({
      where: { projectId: project.id, type: 'signing_key.rotated' },
    });
    expect(event).toMatchObject({ actorKind: 'cli' });
  });

  test('a key that signed is published as long as one of its tokens can be valid, then forgotten', async () => {
    const old = await issueToken();
    const { kid } = await signingKey(project.id);
    travel(6);
    await rotate();
    travel(119);
    expect(await states()).toEqual(['current', 'next', 'retired']);
    travel(2);
    expect(await states()).toEqual(['current', 'next']);
    expect(await verificationKey(project.id, kid)).toBeNull();
    expect(await isGood(old)).toBe(false);
  });

  test('is refused while somebody may keep a key set without the next key', async () => {
    await publishedKeys(project.id);
    travel(4);
    await expect(rotate()).rejects.toMatchObject({ code: 'invalid_input' });
    travel(2);
    await rotate();
    await expect(rotate()).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('of several at the same time one succeeds', async () => {
    await publishedKeys(project.id);
    travel(6);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => rotate()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await states()).toEqual(['current', 'next', 'retired']);
  });

  test('another algorithm is published first and signs after the rotation after', async () => {
    await publishedKeys(project.id);
    travel(6);
    expect((await rotate('RS256')).algorithm).toBe('ES256');
    travel(6);
    expect((await rotate()).algorithm).toBe('RS256');
    const token = await issueToken();
    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).alg).toBe('RS256');
    expect(await isGood(token)).toBe(true);
  });

  test('replaces keys that can no longer be read', async () => {
    await publishedKeys(project.id);
    await (await db()).signingKey.updateMany({ where: { projectId: project.id }, data: { privateJwk: 'AAAA' } });
    await expect(signingKey(project.id)).rejects.toMatchObject({ code: 'internal' });
    await rotate();
    expect(await states()).toEqual(['current', 'next', 'retired', 'retired']);
    expect(await isGood(await issueToken())).toBe(true);
  });
});
