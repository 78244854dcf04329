import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { purgeIdempotencyKeys } from '@/lib/idempotency/service';
import { deleteIdentity } from '@/lib/identity/service';
import { type Db, db } from '@/lib/platform/db/client';
import { driverOf } from '@/lib/platform/db/runner';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { accessToken, adminApi, type Call } from '@/testing/admin-api';
import * as code from '../recovery/code/route';
import * as link from '../recovery/link/route';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
let client: Db;
beforeAll(async () => {
  api = await adminApi('/admin/identities', handlers);
  client = await db();
});
beforeEach(async () => {
  vi.useRealTimers();
  await client.identity.deleteMany();
  await client.idempotencyKey.deleteMany();
});

const body = (first = 'Ada') => ({ traits: { email: `${newId()}@example.com`, name: { first } } });
const post = (key: string, call: Call) => api.call('POST', { ...call, headers: { 'idempotency-key': key } });
const seen = async (response: Response) => ({
  status: response.status,
  text: await response.text(),
  etag: response.headers.get('etag'),
  location: response.headers.get('location'),
  type: response.headers.get('content-type'),
});
const isReplayed = ({ headers }: Response) => headers.get('idempotency-replayed') === 'true';

describe('POST with an Idempotency-Key', () => {
  test('replays the first response, byte for byte, without a second effect', async () => {
    const call = { body: body() };
    const first = await post('key-1', call);
    const second = await post('"key-1"', call);
    expect([isReplayed(first), isReplayed(second)]).toEqual([false, true]);
    const answer = await seen(first);
    expect(answer).toMatchObject({ status: 201, etag: '"1"', type: 'application/json' });
    expect(await seen(second)).toEqual(answer);
    expect(second.headers.get('cache-control')).toBe('private, no-store');
    expect(await client.identity.count()).toBe(1);
    expect(await client.auditEvent.count({ where: { identityId: JSON.parse(answer.text).id } })).toBe(1);
  });

  test('executes one of 30 concurrent calls, and gives all its response', async () => {
    const call = { body: body() };
    const answers = await Promise.all(Array.from({ length: 30 }, () => post('key-2', call)));
    expect(answers.filter((answer) => !isReplayed(answer))).toHaveLength(1);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await client.identity.count()).toBe(1);
  });

  test('returns 422 for another body or query under the same key, without effect', async () => {
    await post('key-3', { body: body() });
    const other = await post('key-3', { body: body() });
    expect([other.status, (await other.json()).error.message]).toEqual([
      422,
      expect.stringContaining('a different request'),
    ]);
    expect(await client.identity.count()).toBe(1);
  });

  test('returns 422 for another route under the same key', async () => {
    const { id } = await (await post('key-4', { body: body() })).json();
    const recovery = await adminApi('/admin/recovery/link', link);
    const call = { token: api.token, body: { identity_id: id }, headers: { 'idempotency-key': 'key-4' } };
    expect((await recovery.call('POST', call)).status).toBe(422);
    expect(await client.verification.count({ where: { identityId: id } })).toBe(0);
  });

  test('separates the keys of different credentials', async () => {
    const token = await accessToken(api.project, ['openid']);
    const call = { body: body() };
    expect((await post('key-5', call)).status).toBe(201);
    expect((await post('key-5', { ...call, token })).status).toBe(409);
  });

  test('replays a permanent refusal, even when the conflict is gone', async () => {
    const call = { body: body() };
    const { id } = await (await api.call('POST', call)).json();
    const refused = await post('key-6', call);
    await deleteIdentity(api.actor, id);
    const again = await post('key-6', call);
    expect([refused.status, isReplayed(refused), again.status, isReplayed(again)]).toEqual([409, false, 409, true]);
    expect(await again.text()).toBe(await refused.text());
    expect(await client.identity.count()).toBe(0);
  });

  test('does not store refusals of an invalid body or an insufficient token', async () => {
    const reader = await accessToken(api.project, ['identities:read']);
    const call = { body: body() };
    expect((await post('key-7', { ...call, token: reader })).status).toBe(403);
    expect((await post('key-7', { rawBody: '{' })).status).toBe(400);
    expect((await post('key-7', call)).status).toBe(201);
  });

  test('frees the key after a day, and purges its row', async () => {
    await post('key-8', { body: body() });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3_600_000 - 60_000 });
    const token = await accessToken(api.project, ['openid']);
    await client.idempotencyKey.updateMany({ data: {} });
    await purgeIdempotencyKeys();
    expect(await client.idempotencyKey.count()).toBe(1);
    vi.setSystemTime(Date.now() + 120_000);
    expect((await api.call('POST', { body: body(), token })).status).toBe(201);
    await purgeIdempotencyKeys();
    expect(await client.idempotencyKey.count()).toBe(0);
  });

  test('CVE-2025-64708: frees an expired key whose row still exists', async () => {
    await post('key-9', { body: body() });
    await client.idempotencyKey.updateMany({ data: { expiresAt: new Date() } });
    const again = await post('key-9', { body: body() });
    expect([again.status, isReplayed(again)]).toEqual([201, false]);
  });

  test.each(['', '""', 'a b', 'a, b', '"a', 'ä', 'x'.repeat(256)])('returns 400 for the key %j', async (key) => {
    const response = await post(key, { body: body() });
    expect([response.status, (await response.json()).error.reason]).toEqual([
      400,
      expect.stringContaining('Idempotency-Key'),
    ]);
    expect(await client.identity.count()).toBe(0);
  });
});

describe('a first call that fails midway', () => {
  /** The database fails after the identity was written and before the response is. */
  test('leaves neither key nor identity, and the repeat counts as the first call', async () => {
    const call = { body: body() };
    const driver = driverOf(client);
    const whole = driver.transaction.bind(driver);
    const broken = vi.spyOn(driver, 'transaction').mockImplementation((work) =>
      whole(async (tx) => {
        await work(tx);
        expect([await tx.identity.count(), await tx.idempotencyKey.count()]).toEqual([1, 1]);
        throw Object.assign(new Error('gone'), { code: 'P1017' });
      }),
    );
    expect((await post('key-10', call)).status).toBe(503);
    broken.mockRestore();
    expect([await client.identity.count(), await client.idempotencyKey.count()]).toEqual([0, 0]);
    const again = await post('key-10', call);
    expect([again.status, isReplayed(again)]).toEqual([201, false]);
  });
});

describe('the stored response', () => {
  test('is encrypted in the database, and permanently deleted with its identity', async () => {
    const call = { body: body('Ada-the-first') };
    const { id } = await (await post('key-11', call)).json();
    const rows = await client.idempotencyKey.findMany();
    expect(JSON.stringify(rows)).not.toMatch(/key-11|Ada-the-first|@example/);
    await deleteIdentity(api.actor, id, { purge: true });
    expect((await client.idempotencyKey.findMany()).map(({ answer }) => answer)).toEqual([null]);
    const again = await post('key-11', call);
    expect([again.status, (await again.json()).error.details]).toEqual([409, { resource_id: id }]);
    expect(await client.identity.count()).toBe(0);
  });

  test('is not returned under another SIGNET_SECRET: 409 with the created ID', async () => {
    const call = { body: body() };
    const { id } = await (await post('key-13', call)).json();
    vi.stubEnv('SIGNET_SECRET', 'another-secret-of-the-tests-abcdef0123');
    resetEnv();
    try {
      const again = await post('key-13', call);
      expect([again.status, (await again.json()).error.details]).toEqual([409, { resource_id: id }]);
    } finally {
      vi.unstubAllEnvs();
      resetEnv();
    }
    expect((await post('key-13', call)).status).toBe(201);
  });

  test.each([
    ['code', code, 201],
    ['link', link, 200],
  ])('returns a secret once: a repeated recovery %s is 409 with the identity’s ID', async (kind, route, status) => {
    const { id } = await (await api.call('POST', { body: body() })).json();
    const recovery = await adminApi(`/admin/recovery/${kind}`, route);
    const call = { body: { identity_id: id }, headers: { 'idempotency-key': 'key-12' } };
    const answers = await Promise.all(Array.from({ length: 5 }, () => recovery.call('POST', call)));
    const given = answers.filter((answer) => answer.status === status);
    expect(given).toHaveLength(1);
    for (const repeat of answers.filter((answer) => answer !== given[0]))
      expect([repeat.status, (await repeat.json()).error.details]).toEqual([409, { resource_id: id }]);
    expect((await client.idempotencyKey.findMany()).map(({ answer }) => answer)).toEqual([null]);
    expect(await client.verification.count({ where: { identityId: id, purpose: 'recovery' } })).toBe(1);
  });
});
