import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApiCredential } from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import type { Project, SigningAlgorithm } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { asOtherProcess } from '@/testing/processes';
import { makeProject } from '@/testing/project';
import { toKeySet } from '../contract';
import { accessTokenKeys } from '../model';
import * as here from '../service';
import { rotateDueKeys, rotateSigningKey, setSigningAlgorithm } from './rotate';
import { ensureCurrentKey, forgetSigner, publishedKeys, signingKey, verificationKey } from './signing-keys';

const MINUTE = 60_000;
const DAY = 24 * 60;
let project: Project;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-06-01T00:00:00.250Z') });
  project = await makeProject();
});
afterEach(async () => {
  vi.useRealTimers();
  // Later tests that rotate due keys must not find this project.
  await (await db()).project.deleteMany();
});

const travel = (minutes: number) => vi.setSystemTime(Date.now() + minutes * MINUTE);
const rotate = (options?: Parameters<typeof rotateSigningKey>[1]) => rotateSigningKey(cliActor(project.id), options);
const states = async (of = project) => (await publishedKeys(of.id)).map(({ state }) => state);
const algorithms = async () => (await publishedKeys(project.id)).map(({ state, algorithm }) => `${state} ${algorithm}`);
const events = async (type: string) => (await db()).auditEvent.findMany({ where: { projectId: project.id, type } });
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());

/** The key set as a client fetches it. */
const keySetNow = async () =>
  createLocalJWKSet(toKeySet(await publishedKeys(project.id)) as Parameters<typeof createLocalJWKSet>[0]);

/** A process with its own key cache. */
type Process = Pick<typeof here, 'issueAccessToken' | 'verifyAccessToken'>;

const makeCredential = async () => (await createApiCredential(cliActor(project.id), { name: 'Test' })).credential;

async function issueToken(
  by: Process = here,
  credential?: Awaited<ReturnType<typeof makeCredential>>,
): Promise<string> {
  const granted = { scopes: ['openid'] as const, audiences: [`${project.origin}/admin`] };
  const context = { projectId: project.id, origin: project.origin };
  return (await by.issueAccessToken(context, credential ?? (await makeCredential()), granted)).accessToken;
}

const isGood = async (token: string, by: Process = here) =>
  (await by.verifyAccessToken(
    { projectId: project.id, origin: project.origin, address: '192.0.2.1', requestId: 'r' },
    token,
  )) !== null;

describe('rotation', () => {
  test('promotes the next key, publishes a new one and keeps all tokens valid', async () => {
    const before = await publishedKeys(project.id);
    const old = await issueToken();
    travel(6);
    const current = await rotate();
    expect(current.kid).toBe(before.find(({ state }) => state === 'next')?.kid);
    expect(await states()).toEqual(['current', 'next', 'retired']);
    const fresh = await issueToken();
    expect(headerOf(fresh).kid).toBe(current.kid);
    expect([await isGood(old), await isGood(fresh)]).toEqual([true, true]);
    travel(53);
    expect(await isGood(old)).toBe(true);
    expect(await events('signing_key.rotated')).toMatchObject([{ actorKind: 'cli' }]);
  });

  test('a key set cached for five minutes contains every signing key', async () => {
    await publishedKeys(project.id);
    travel(6);
    for (let rotation = 0; rotation < 2; rotation++) {
      const cachedKeySet = await keySetNow();
      travel(5);
      await rotate();
      const token = await issueToken();
      const proven = await jwtVerify(token, cachedKeySet, { issuer: project.origin, currentDate: new Date() });
      expect(proven.protectedHeader.kid).toBe((await signingKey(accessTokenKeys(project.id))).kid);
    }
  });

  test('a retired key is published while one of its tokens can be valid, then dropped', async () => {
    const old = await issueToken();
    const { kid } = await signingKey(accessTokenKeys(project.id));
    travel(6);
    await rotate();
    travel(119);
    expect(await states()).toEqual(['current', 'next', 'retired']);
    travel(2);
    expect(await states()).toEqual(['current', 'next']);
    expect(await verificationKey(project.id, kid)).toBeNull();
    expect(await isGood(old)).toBe(false);
  });

  test('is refused while clients may cache a key set without the next key, but not before the first rotation', async () => {
    await publishedKeys(project.id);
    travel(1);
    await rotate();
    travel(4);
    await expect(rotate()).rejects.toMatchObject({
      code: 'invalid_input',
      details: { reason: expect.stringContaining('until 00:06:00 UTC') },
    });
    travel(1);
    await rotate();
    await expect(rotate()).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('can be urgent', async () => {
    const old = await issueToken();
    const kids = [headerOf(old).kid];
    for (let round = 0; round < 3; round++) kids.push((await rotate({ isUrgent: true })).kid);
    expect(new Set(kids).size).toBe(4);
    expect([await isGood(old), await isGood(await issueToken())]).toEqual([true, true]);
  });

  test('succeeds once when called concurrently', async () => {
    await publishedKeys(project.id);
    travel(6);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => rotate()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await states()).toEqual(['current', 'next', 'retired']);
  });

  test('publishes another algorithm first and signs with it after the following rotation', async () => {
    await publishedKeys(project.id);
    travel(6);
    expect((await rotate({ algorithm: 'RS256' })).algorithm).toBe('ES256');
    expect((await getProject(project.id)).signingAlgorithm).toBe('RS256');
    travel(6);
    expect((await rotate()).algorithm).toBe('RS256');
    expect(await algorithms()).toEqual(['current RS256', 'next RS256', 'retired ES256', 'retired ES256']);
    const token = await issueToken();
    expect(headerOf(token).alg).toBe('RS256');
    expect(await isGood(token)).toBe(true);
  });

  test('refuses no token under load, in processes with cached keys and without', async () => {
    const credential = await makeCredential();
    const other = await freshProcess();
    const processes: Process[] = [here, other];
    const tokens: string[] = [];
    const refused: string[] = [];
    const work = async (issuer: Process, verifier: Process) => {
      const token = await issueToken(issuer, credential);
      tokens.push(token);
      if (!(await isGood(token, verifier))) refused.push(headerOf(token).kid);
    };
    const pairs = processes.flatMap((issuer) => processes.map((verifier) => [issuer, verifier] as const));
    const round = () => Promise.all([...pairs, ...pairs].map((pair) => work(...pair)));
    await round();
    for (let rotation = 0; rotation < 2; rotation++) {
      travel(6);
      await round(); // both have used the signing key
      const [outcome] = await Promise.all([rotate(), round(), round()]);
      await round();
      expect(outcome.state).toBe('current');
      const byOther = await issueToken(other, credential);
      expect(headerOf(byOther).kid).toBe(outcome.kid);
      expect(await isGood(byOther)).toBe(true);
    }
    const fresh = await freshProcess();
    expect(new Set(await Promise.all(tokens.map((token) => isGood(token, fresh))))).toEqual(new Set([true]));
    expect(refused).toEqual([]);
    expect(new Set(tokens.map((token) => headerOf(token).kid)).size).toBeGreaterThanOrEqual(3);
  }, 60_000); // two more processes load all their modules
});

describe('with another SIGNET_SECRET', () => {
  /** As after a restart with another secret: the same rows, an empty cache. */
  const changeSecret = async () => {
    vi.stubEnv('SIGNET_SECRET', 'another-secret-of-the-tests-9876543210');
    resetEnv();
    forgetSigner((await ensureCurrentKey(accessTokenKeys(project.id))).kid);
  };
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    resetEnv();
  });

  test('signing fails with a log line naming the cause, and old tokens remain valid', async () => {
    const old = await issueToken();
    await changeSecret();
    const error = vi.spyOn(log, 'error').mockReturnValue();
    await expect(signingKey(accessTokenKeys(project.id))).rejects.toMatchObject({ code: 'internal' });
    const { kid } = headerOf(old);
    expect(error.mock.calls).toMatchObject([[expect.stringMatching(/SIGNET_SECRET/), { kid }]]);
    expect(JSON.stringify(error.mock.calls)).not.toContain('"d"');
    expect(await isGood(old)).toBe(true);
  });

  test('a rotation replaces the keys immediately, and earlier tokens remain valid', async () => {
    const old = await issueToken();
    travel(6);
    await rotate();
    await changeSecret();
    await rotate();
    expect(await states()).toEqual(['current', 'next', 'retired', 'retired', 'retired']);
    expect([await isGood(old), await isGood(await issueToken())]).toEqual([true, true]);
  });

  test('a key of a newly chosen algorithm signs immediately, because no other key is readable', async () => {
    await publishedKeys(project.id);
    await changeSecret();
    await setSigningAlgorithm(cliActor(project.id), 'RS256');
    await rotate();
    expect(headerOf(await issueToken()).alg).toBe('RS256');
  });
});

const freshProcess = (): Promise<Process> => asOtherProcess(() => import('../service'));

describe('setSigningAlgorithm', () => {
  const choose = (algorithm: SigningAlgorithm) => setSigningAlgorithm(cliActor(project.id), algorithm);

  test('applies to the first keys of a project that has none', async () => {
    expect(await choose('RS256')).toEqual({ signsFrom: new Date() });
    const token = await issueToken();
    expect(headerOf(token).alg).toBe('RS256');
    expect(await isGood(token)).toBe(true);
    const [key] = toKeySet(await publishedKeys(project.id)).keys;
    expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    await jwtVerify(token, await keySetNow(), { issuer: project.origin, typ: 'at+jwt', currentDate: new Date() });
  });

  test('publishes the key immediately, signs after the cache lifetime and refuses no token', async () => {
    const old = await issueToken();
    travel(60 * 24);
    const recent = await issueToken();
    const { signsFrom } = await choose('RS256');
    expect(signsFrom).toEqual(new Date(Date.now() + 5 * MINUTE));
    expect(await algorithms()).toEqual(['current ES256', 'next RS256', 'retired ES256']);
    expect(headerOf(await issueToken()).alg).toBe('ES256');
    travel(4);
    await rotateDueKeys();
    expect(headerOf(await issueToken()).alg).toBe('ES256');
    travel(1);
    await rotateDueKeys();
    const token = await issueToken();
    expect(headerOf(token).alg).toBe('RS256');
    expect([await isGood(old), await isGood(recent), await isGood(token)]).toEqual([false, true, true]);
    expect(await algorithms()).toEqual(['current RS256', 'next RS256', 'retired ES256', 'retired ES256']);
    travel(6);
    await rotateDueKeys();
    expect(headerOf(await issueToken()).kid).toBe(headerOf(token).kid);
  });

  test('is idempotent and records one event', async () => {
    await publishedKeys(project.id);
    await choose('RS256');
    await choose('RS256');
    expect(await algorithms()).toEqual(['current ES256', 'next RS256', 'retired ES256']);
    const [event, ...more] = await events('project.updated');
    expect(more).toEqual([]);
    expect(JSON.parse(event?.details ?? '').changes).toEqual({
      '/signing_algorithm': { before: 'ES256', after: 'RS256' },
    });
    expect(await events('signing_key.created')).toHaveLength(2);
  });

  test('can be reverted before the new key signs', async () => {
    const token = await issueToken();
    await choose('RS256');
    expect(await choose('ES256')).toEqual({ signsFrom: new Date() });
    travel(6);
    await rotateDueKeys();
    expect(await algorithms()).toEqual(['current ES256', 'next ES256', 'retired ES256', 'retired RS256']);
    expect(headerOf(await issueToken()).kid).toBe(headerOf(token).kid);
  });

  test('keeps one current and one next key when called concurrently', async () => {
    await publishedKeys(project.id);
    const outcomes = await Promise.allSettled([choose('RS256'), choose('RS256'), rotate(), choose('RS256')]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'version_conflict' });
    const now = await states();
    expect([now.filter((state) => state === 'current'), now.filter((state) => state === 'next')]).toEqual([
      ['current'],
      ['next'],
    ]);
    expect(await isGood(await issueToken())).toBe(true);
  });

  test('refuses a deleted project', async () => {
    await (await db()).project.delete({ where: { id: project.id } });
    await expect(choose('RS256')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('rotateDueKeys', () => {
  test('rotates keys after 90 days, per project', async () => {
    const { kid } = await signingKey(accessTokenKeys(project.id));
    travel(10 * DAY);
    const younger = await makeProject();
    const { kid: youngKid } = await signingKey(accessTokenKeys(younger.id));
    travel(80 * DAY);
    await rotateDueKeys();
    expect((await signingKey(accessTokenKeys(project.id))).kid).toBe(kid);
    travel(1);
    await rotateDueKeys();
    expect((await signingKey(accessTokenKeys(project.id))).kid).not.toBe(kid);
    expect((await signingKey(accessTokenKeys(younger.id))).kid).toBe(youngKid);
    expect(await events('signing_key.rotated')).toMatchObject([{ actorKind: 'system' }]);
    await rotateDueKeys();
    expect(await states()).toEqual(['current', 'next', 'retired']);
  });

  test('rotates once when several processes run it', async () => {
    await publishedKeys(project.id);
    travel(91 * DAY);
    const { kid } = await signingKey(accessTokenKeys(project.id));
    await Promise.all(Array.from({ length: 4 }, () => rotateDueKeys()));
    expect((await signingKey(accessTokenKeys(project.id))).kid).not.toBe(kid);
    expect(await events('signing_key.rotated')).toHaveLength(1);
  });

  test('continues with other projects when one fails', async () => {
    await publishedKeys(project.id);
    const other = await makeProject();
    const { kid } = await signingKey(accessTokenKeys(other.id));
    await (await db()).project.update({ where: { id: project.id }, data: { signingAlgorithm: 'none' } });
    travel(91 * DAY);
    await rotateDueKeys();
    expect((await signingKey(accessTokenKeys(other.id))).kid).not.toBe(kid);
  });
});
