import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeDb, db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { RateLimit } from './model';
import { acquire, availability, checkLimits, consumeLimits, count, isFull, purgeRateLimits, release } from './service';

const START = new Date('2026-03-01T12:34:56.789Z');
const limitOf = (values: Partial<RateLimit> = {}): RateLimit => ({
  name: 'test',
  key: newId(),
  max: 3,
  windowSeconds: 60,
  ...values,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('consumeLimits', () => {
  test('allows up to the maximum, then refuses until the window ends', async () => {
    const limit = limitOf();
    for (let hits = 0; hits < limit.max; hits++) await consumeLimits(limit);
    vi.setSystemTime(START.getTime() + 20_000);
    await expect(consumeLimits(limit)).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfterSeconds: 40 },
    });
    vi.setSystemTime(START.getTime() + 60_000);
    await expect(consumeLimits(limit)).resolves.toBeUndefined();
  });

  test('allows exactly the maximum of concurrent attempts', async () => {
    const limit = limitOf({ max: 7 });
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => consumeLimits(limit)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
    const codes = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(new Set(codes)).toEqual(new Set(['rate_limited']));
  });

  test('limits each key and each name separately', async () => {
    const limit = limitOf({ max: 1 });
    await consumeLimits(limit);
    await consumeLimits({ ...limit, key: newId() });
    await consumeLimits({ ...limit, name: 'other' });
    await expect(consumeLimits(limit)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test('counts no limit when one of several is full', async () => {
    const full = limitOf({ max: 1 });
    const roomy = limitOf({ max: 2 });
    await consumeLimits(full);
    await expect(consumeLimits(full, roomy)).rejects.toMatchObject({ code: 'rate_limited' });
    await consumeLimits(roomy);
    await consumeLimits(roomy);
    await expect(consumeLimits(roomy)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test('concurrent attempts refused by a narrow limit do not fill a wide one', async () => {
    const narrow = limitOf({ max: 3 });
    const wide = limitOf({ max: 5 });
    await Promise.allSettled(Array.from({ length: 40 }, () => consumeLimits(narrow, wide)));
    for (let hits = 0; hits < 2; hits++) await consumeLimits(wide);
    await expect(consumeLimits(wide)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test('returns the longest retry time of several full limits', async () => {
    const short = limitOf({ max: 1, windowSeconds: 10 });
    const long = limitOf({ max: 1, windowSeconds: 3600 });
    await consumeLimits(short, long);
    await expect(consumeLimits(short, long)).rejects.toMatchObject({ details: { retryAfterSeconds: 3600 } });
  });

  test('refuses a full limit without a write', async () => {
    const limit = limitOf({ max: 1 });
    await consumeLimits(limit);
    for (let hits = 0; hits < 5; hits++) await consumeLimits(limit).catch(() => undefined);
    expect(await count(limit)).toBe(2);
  });
});

describe('checkLimits and isFull', () => {
  test('count nothing', async () => {
    const limit = limitOf({ max: 1 });
    for (let tries = 0; tries < 3; tries++) await checkLimits(limit);
    expect(await isFull(limit)).toBe(false);
    expect(await count(limit)).toBe(1);
    expect(await isFull(limit)).toBe(true);
    await expect(checkLimits(limit)).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfterSeconds: 60 },
    });
  });

  test('an unused window is not full', async () => {
    expect(await isFull(limitOf())).toBe(false);
  });
});

describe('a window', () => {
  test('begins with the first consumeLimits', async () => {
    const limit = limitOf({ max: 2 });
    await consumeLimits(limit);
    vi.setSystemTime(START.getTime() + 59_999);
    await consumeLimits(limit);
    await expect(consumeLimits(limit)).rejects.toMatchObject({ details: { retryAfterSeconds: 1 } });
    vi.setSystemTime(START.getTime() + 60_000);
    expect(await isFull(limit)).toBe(false);
    await consumeLimits(limit);
    vi.setSystemTime(START.getTime() + 119_999);
    expect(await count(limit)).toBe(2);
  });

  test('CVE-2025-64708: is replaced once by concurrent attempts after it expires', async () => {
    const limit = limitOf({ max: 7 });
    for (let hits = 0; hits < 5; hits++) await consumeLimits(limit);
    vi.setSystemTime(START.getTime() + 60_000);
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => consumeLimits(limit)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
  });
});

describe('count', () => {
  test('returns a distinct number to each of many concurrent calls', async () => {
    const limit = limitOf();
    const numbers = await Promise.all(Array.from({ length: 40 }, () => count(limit)));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });
});

describe('a sliding window', () => {
  test('allows as many as it has permits, each of which returns after the window', async () => {
    const limit = limitOf({ max: 2 });
    await acquire(limit);
    vi.setSystemTime(START.getTime() + 59_000);
    await acquire(limit);
    await expect(acquire(limit)).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfterSeconds: 1 } });
    expect(await availability(limit)).toEqual({ left: 0, nextAt: new Date(START.getTime() + 60_000) });
    // Only the first permit has returned: never more than two in any minute.
    vi.setSystemTime(START.getTime() + 60_000);
    await acquire(limit);
    await expect(acquire(limit)).rejects.toMatchObject({ details: { retryAfterSeconds: 59 } });
    vi.setSystemTime(START.getTime() + 120_000);
    expect(await availability(limit)).toEqual({ left: 2, nextAt: null });
  });

  test('allows exactly as many concurrent calls as there are permits, also when some have just returned', async () => {
    const limit = limitOf({ max: 7 });
    for (let taken = 0; taken < 3; taken++) await acquire(limit);
    vi.setSystemTime(START.getTime() + 60_000);
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => acquire(limit)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
    expect(await availability(limit)).toMatchObject({ left: 0 });
  });

  test('a released permit can be acquired again, once', async () => {
    const limit = limitOf({ max: 1 });
    const permit = await acquire(limit);
    await release(permit);
    expect(await availability(limit)).toEqual({ left: 1, nextAt: null });
    const again = await Promise.allSettled(Array.from({ length: 5 }, () => acquire(limit)));
    expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    vi.setSystemTime(START.getTime() + 60_000);
    const later = await acquire(limit);
    await release(permit); // of the previous window: does not affect this one
    await expect(acquire(limit)).rejects.toMatchObject({ code: 'rate_limited' });
    await release(later);
  });
});

describe('a stored window', () => {
  test('does not contain the key', async () => {
    await consumeLimits(limitOf({ key: 'jane@example.com' }));
    const rows = await (await db()).rateLimit.findMany();
    expect(JSON.stringify(rows)).not.toContain('jane');
  });

  test('is purged once it has expired, not before', async () => {
    const rows = (await db()).rateLimit;
    await rows.deleteMany();
    const long = limitOf({ windowSeconds: 3600 });
    await consumeLimits(limitOf({ windowSeconds: 60 }), long);
    vi.setSystemTime(START.getTime() + 59_999);
    expect(await purgeRateLimits()).toBe(0);
    vi.setSystemTime(START.getTime() + 60_000);
    expect(await purgeRateLimits()).toBe(1);
    expect(await count(long)).toBe(2);
  });

  test('is purged in steps, also when more have expired than one step deletes', async () => {
    const rows = (await db()).rateLimit;
    await rows.deleteMany();
    await rows.createMany({
      data: Array.from({ length: 1001 }, () => ({ id: newId(), count: 1, expiresAt: START })),
    });
    expect(await purgeRateLimits(START)).toBe(1001);
    expect(await rows.count()).toBe(0);
  });
});

describe('when the database is unreachable', () => {
  test('every function throws and allows nothing', async () => {
    await closeDb();
    vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none');
    resetEnv();
    try {
      await expect(consumeLimits(limitOf())).rejects.toThrow();
      await expect(checkLimits(limitOf())).rejects.toThrow();
      await expect(count(limitOf())).rejects.toThrow();
      await expect(isFull(limitOf())).rejects.toThrow();
      await expect(acquire(limitOf())).rejects.toThrow();
    } finally {
      await closeDb();
      vi.unstubAllEnvs();
      resetEnv();
    }
  });
});
