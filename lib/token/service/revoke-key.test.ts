import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ApiCredential } from '@/lib/api-credential/model';
import { createApiCredential } from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import type { Project } from '@/lib/project/model';
import { readEvents } from '@/testing/events';
import { asOtherCopy, asOtherProcess } from '@/testing/processes';
import { makeProject } from '@/testing/project';
import * as here from '../service';
import { introspectToken, publishedKeys, revokeSigningKey, rotateSigningKey, setSigningAlgorithm } from '../service';

const MINUTE = 60_000;
let project: Project;
let credential: ApiCredential;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T00:00:00.250Z') });
  project = await makeProject();
  credential = (await createApiCredential(cliActor(project.id), { name: 'Test' })).credential;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  resetEnv();
});

type Process = Pick<typeof here, 'issueAccessToken' | 'verifyAccessToken'>;

const revoke = (kid: string) => revokeSigningKey(cliActor(project.id), kid);
const rotate = () => rotateSigningKey(cliActor(project.id), { isUrgent: true });
const context = () => ({ projectId: project.id, origin: project.origin, address: '192.0.2.1', requestId: 'r' });
const isGood = async (token: string, by: Process = here) => (await by.verifyAccessToken(context(), token)) !== null;
const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
const published = async () => (await publishedKeys(project.id)).map(({ kid, state }) => [kid, state]);
const kidIn = async (keyState: string) => (await published()).find(([, state]) => state === keyState)?.[0] ?? '';
const stored = async () =>
  (await (await db()).signingKey.findMany({ where: { projectId: project.id } })).map(({ id, state }) => ({
    id,
    state,
  }));

async function issue(by: Process = here): Promise<string> {
  const granted = { scopes: ['openid'] as const, audiences: [`${project.origin}/admin`] };
  return (await by.issueAccessToken(context(), credential, granted)).accessToken;
}

/** There is one current and one next key, and a new token is valid. */
async function expectOrder(): Promise<void> {
  const states = (await stored()).map(({ state }) => state);
  expect(states.filter((state) => state === 'current' || state === 'next').sort()).toEqual(['current', 'next']);
  expect(await isGood(await issue())).toBe(true);
}

describe('revoking the current key', () => {
  test('invalidates every token it signed and promotes the next key', async () => {
    const token = await issue();
    const [kid, next] = [await kidIn('current'), await kidIn('next')];
    expect([await isGood(token), await introspectToken(context(), credential, token)]).toEqual([
      true,
      expect.objectContaining({ client_id: credential.clientId }),
    ]);
    expect((await revoke(kid)).kid).toBe(next);
    expect(await isGood(token)).toBe(false);
    expect(await introspectToken(context(), credential, token)).toBeNull();
    expect(await here.revokeToken(context(), credential, token)).toBe('unknown');
    expect(await published()).toEqual([
      [next, 'current'],
      [expect.not.stringMatching(kid), 'next'],
    ]);
    const fresh = await issue();
    expect([kidOf(fresh), await isGood(fresh)]).toEqual([next, true]);
    expect(await readEvents(project.id, 'signing_key.revoked')).toMatchObject([
      {
        actorKind: 'cli',
        details: { kid, successor: next, changes: { '/state': { before: 'current', after: 'revoked' } } },
      },
    ]);
  });

  test('is permanent: the key is never published or accepted again', async () => {
    const token = await issue();
    const kid = await kidIn('current');
    await revoke(kid);
    for (let round = 0; round < 3; round++) {
      await rotate();
      vi.setSystemTime(Date.now() + MINUTE);
      expect((await published()).map(([id]) => id)).not.toContain(kid);
      expect(await isGood(token)).toBe(false);
    }
    await expectOrder();
  });

  test('creates two new keys when SIGNET_SECRET does not decrypt the next one', async () => {
    const kid = await kidIn('current');
    vi.stubEnv('SIGNET_SECRET', 'another-secret-of-the-tests-9876543210');
    resetEnv();
    await revoke(kid);
    await expectOrder();
  });
});

describe('revoking another key', () => {
  test('replaces the next key and keeps tokens of the current key valid', async () => {
    const token = await issue();
    const [current, kid] = [await kidIn('current'), await kidIn('next')];
    expect((await revoke(kid)).kid).toBe(current);
    expect(await isGood(token)).toBe(true);
    expect((await published()).map(([id]) => id)).not.toContain(kid);
    await expectOrder();
  });

  test('invalidates only the tokens of a retired key', async () => {
    const old = await issue();
    await rotate();
    const fresh = await issue();
    const [current, next] = [await kidIn('current'), await kidIn('next')];
    expect([await isGood(old), await isGood(fresh)]).toEqual([true, true]);
    await revoke(kidOf(old));
    expect([await isGood(old), await isGood(fresh)]).toEqual([false, true]);
    expect(await published()).toEqual([
      [current, 'current'],
      [next, 'next'],
    ]);
  });

  test('is idempotent and records one event', async () => {
    const kid = await kidIn('current');
    await revoke(kid);
    const before = await stored();
    await revoke(kid);
    expect(await stored()).toEqual(before);
    expect(await readEvents(project.id, 'signing_key.revoked')).toHaveLength(1);
  });

  test.each([
    ['an unknown key', async () => 'unknown-1'],
    ["another project's key", async () => (await publishedKeys((await makeProject()).id))[0]?.kid ?? ''],
  ])('refuses %s', async (_, kid) => {
    await expect(revoke(await kid())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('concurrent revocation', () => {
  test('of one key happens once', async () => {
    const kid = await kidIn('current');
    await Promise.all(Array.from({ length: 6 }, () => revoke(kid)));
    expect(await readEvents(project.id, 'signing_key.revoked')).toHaveLength(1);
    expect(await stored()).toHaveLength(3);
    await expectOrder();
  });

  test('of the current and the next key revokes both', async () => {
    for (let round = 0; round < 3; round++) {
      const kids = [await kidIn('current'), await kidIn('next')];
      await Promise.all(kids.map(revoke));
      for (const kid of kids) expect(await stored()).toContainEqual({ id: kid, state: 'revoked' });
      await expectOrder();
    }
  });

  test('succeeds during rotations and algorithm changes, which may be refused', async () => {
    for (let round = 0; round < 3; round++) {
      const kid = await kidIn('current');
      const others = [rotate(), setSigningAlgorithm(cliActor(project.id), round % 2 ? 'ES256' : 'RS256'), rotate()];
      const refused = Promise.allSettled(others);
      await revoke(kid);
      for (const outcome of await refused)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'version_conflict' });
      expect(await stored()).toContainEqual({ id: kid, state: 'revoked' });
      await expectOrder();
    }
  });

  test('refuses tokens as soon as it returns, despite verifications in progress', async () => {
    for (let round = 0; round < 5; round++) {
      const token = await issue();
      vi.setSystemTime(Date.now() + MINUTE); // the cached key has expired
      const uses = Array.from({ length: 4 }, () => isGood(token));
      await revoke(kidOf(token));
      expect(await isGood(token)).toBe(false);
      await Promise.all(uses);
      expect(await isGood(token)).toBe(false);
      await expectOrder();
    }
  });
});

describe('a process with a cached key', () => {
  test('stops verifying and signing with it at its next request', async () => {
    const other: Process & Pick<typeof here, 'introspectToken'> = await asOtherProcess(() => import('../service'));
    const token = await issue(other);
    expect(await isGood(token, other)).toBe(true);
    const { kid } = await revoke(kidOf(token));
    expect(await isGood(token, other)).toBe(false);
    expect(await other.introspectToken(context(), credential, token)).toBeNull();
    const fresh = await issue(other);
    expect([kidOf(fresh), await isGood(fresh), await isGood(fresh, other)]).toEqual([kid, true, true]);
  }, 60_000); // another process loads all its modules

  test('stops immediately in another module copy of the revoking process', async () => {
    const other: Process = await asOtherCopy(() => import('../service'));
    const token = await issue(other);
    expect(await isGood(token, other)).toBe(true);
    await revoke(kidOf(token));
    expect(await isGood(token, other)).toBe(false);
    expect(await isGood(await issue(other))).toBe(true);
  }, 60_000);
});
