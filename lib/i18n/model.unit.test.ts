import { describe, expect, test } from 'vitest';
import { errorMessage } from './error-message';
import { firstLocale, formatDate, formatExact, formatRelative, formatShare, negotiate } from './model';
import { translator } from './translate';

describe('negotiate', () => {
  test.each([
    ['the choice in this browser wins', 'en', 'de', 'en', 'de'],
    ['then the choice kept with the identity', 'en', undefined, 'de', 'de'],
    ['then the browser', 'de-AT,de;q=0.9,en;q=0.5', undefined, null, 'de'],
    ['weights decide, not the order', 'en;q=0.3, de;q=0.8', undefined, null, 'de'],
    ['a language refused with q=0 is not taken', 'de;q=0, en', undefined, null, 'en'],
    ['the first one we have', 'fr-CH, it;q=0.9, de;q=0.7, en;q=0.6', undefined, null, 'de'],
    ['any language is ours', 'fr, *;q=0.1, de;q=0.05', undefined, null, 'en'],
    ['none of ours', 'fr, it', undefined, null, 'en'],
    ['no header', null, undefined, null, 'en'],
    ['nonsense', ';;q=,,,=;q=9', 'klingon', 'xx', 'en'],
  ])('%s', (_, header, cookie, identity, expected) => {
    expect(negotiate(header, cookie, identity)).toBe(expected);
  });
});

test.each([
  [['de', 'en'], 'de'],
  [[null, undefined, false, 'fr', 'de'], 'de'],
  [[], 'en'],
])('of the wishes %j the first that we have is spoken: %s', (wishes, expected) => {
  expect(firstLocale(...wishes)).toBe(expected);
});

describe('dates', () => {
  const now = new Date('2026-03-20T12:00:00Z');
  test.each([
    ['2026-03-20T11:59:30Z', 'now', 'jetzt'],
    ['2026-03-20T11:58:30Z', '1 minute ago', 'vor 1 Minute'],
    ['2026-03-20T10:00:00Z', '2 hours ago', 'vor 2 Stunden'],
    ['2026-03-19T11:00:00Z', 'yesterday', 'gestern'],
    ['2026-03-03T11:00:00Z', '17 days ago', 'vor 17 Tagen'],
    ['2025-03-03T11:00:00Z', '3 March 2025', '3. März 2025'],
    ['2026-03-20T12:10:00Z', 'in 10 minutes', 'in 10 Minuten'],
  ])('%s', (value, english, german) => {
    expect(formatRelative(new Date(value), now, 'en', 'UTC')).toBe(english);
    expect(formatRelative(new Date(value), now, 'de', 'UTC')).toBe(german);
  });

  test('an exact time names its zone', () => {
    expect(formatExact(now, 'en', 'UTC')).toMatch(/^20 March 2026 at 12:00 UTC$|^20 March 2026, 12:00 UTC$/);
    expect(formatExact(now, 'de', 'Europe/Berlin')).toMatch(/13:00 MEZ$/);
    expect(formatDate(new Date('2026-03-20T23:30:00Z'), 'de', 'Europe/Berlin')).toBe('21. März 2026');
  });
});

test('a share reads 100% only when it is all', () => {
  expect(formatShare(0.6421, 'en')).toBe('64.2%');
  expect(formatShare(0.9999, 'en')).toBe('99.9%');
  expect(formatShare(1, 'en')).toBe('100%');
  expect(formatShare(0.0004, 'en')).toBe('0%');
  expect(formatShare(0.6421, 'de').replace(/\s/, ' ')).toBe('64,2 %');
});

describe('errorMessage', () => {
  test('says how long to wait, rounded up to minutes', () => {
    expect(errorMessage(translator('en', 'errors'), { code: 'rate_limited', retryAfterSeconds: 61 })).toContain(
      '2 minutes',
    );
    expect(errorMessage(translator('de', 'errors'), { code: 'rate_limited', retryAfterSeconds: 20 })).toContain(
      'einer Minute',
    );
  });

  test('says how many tries are left', () => {
    const t = translator('en', 'errors');
    expect(errorMessage(t, { code: 'code_wrong', triesLeft: 4 })).toContain('4 tries left');
    expect(errorMessage(t, { code: 'code_wrong', triesLeft: 1 })).toContain('one try left');
    expect(errorMessage(t, { code: 'code_wrong', triesLeft: 0 })).toContain('new one');
  });
});
