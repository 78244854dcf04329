import { describe, expect, test } from 'vitest';
import { rateLimited } from './model';

describe('rateLimited', () => {
  test.each([
    ['2026-01-01T00:00:00.000Z', 60],
    ['2026-01-01T00:00:30.500Z', 30],
    ['2026-01-01T00:00:59.999Z', 1],
    ['2026-01-01T00:01:00.000Z', 1],
  ])('at %s asks to retry after %i seconds', (at, seconds) => {
    const endsAt = new Date('2026-01-01T00:01:00.000Z');
    expect(rateLimited(endsAt, new Date(at)).details.retryAfterSeconds).toBe(seconds);
  });
});
