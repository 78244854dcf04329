import { describe, expect, test } from 'vitest';
import { addressKey, rateLimited } from './model';

describe('rateLimited', () => {
  test.each([
    ['2026-01-01T00:00:00.000Z', 60],
    ['2026-01-01T00:00:30.500Z', 30],
    ['2026-01-01T00:00:59.999Z', 1],
    ['2026-01-01T00:01:00.000Z', 1],
  ])('at %s the next try is in %i seconds', (at, seconds) => {
    const endsAt = new Date('2026-01-01T00:01:00.000Z');
    expect(rateLimited(endsAt, new Date(at)).details.retryAfterSeconds).toBe(seconds);
  });
});

describe('addressKey', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
