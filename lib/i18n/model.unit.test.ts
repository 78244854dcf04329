import { describe, expect, test } from 'vitest';
import { errorMessage } from './error-message';
import {
  firstLocale,
  formatDate,
  formatExact,
  formatList,
  formatNumber,
  formatRelative,
  formatShare,
  isConsolePath,
} from './model';
import { translator } from './translate';

test.each([
  [['de', 'en'], 'de'],
  [[null, undefined, false, 'pt', 'de'], 'de'],
  [['ar', 'en'], 'ar'],
  [[], 'en'],
])('of %j the first supported language is chosen: %s', (wishes, expected) => {
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

  test('formats an exact time with its zone', () => {
    expect(formatExact(now, 'en', 'UTC')).toMatch(/^20 March 2026 at 12:00 UTC$|^20 March 2026, 12:00 UTC$/);
    expect(formatExact(now, 'de', 'Europe/Berlin')).toMatch(/13:00 MEZ$/);
    expect(formatDate(new Date('2026-03-20T23:30:00Z'), 'de', 'Europe/Berlin')).toBe('21. März 2026');
  });
});

describe('other languages', () => {
  const now = new Date('2026-03-20T12:00:00Z');
  test('Arabic has Western digits, the Gregorian calendar and its own words', () => {
    expect(formatDate(now, 'ar', 'UTC')).toBe('20 مارس 2026');
    expect(formatRelative(new Date('2026-03-20T10:00:00Z'), now, 'ar', 'UTC')).toBe('قبل ساعتين');
    expect(formatNumber(1204.5, 'ar')).toBe('1,204.5');
    expect(formatList(['أ', 'ب'], 'ar')).toBe('أ وب');
  });

  test('French and Spanish', () => {
    expect(formatDate(now, 'fr', 'UTC')).toBe('20 mars 2026');
    expect(formatRelative(new Date('2026-03-19T11:00:00Z'), now, 'fr', 'UTC')).toBe('hier');
    expect(formatDate(now, 'es', 'UTC')).toBe('20 de marzo de 2026');
    expect(formatList(['a', 'b'], 'es')).toBe('a y b');
  });

  test('the console and the reference are recognized by their path', () => {
    for (const path of ['/console', '/console/acme/shop?q=1', '/docs', '/docs#call'])
      expect(isConsolePath(path)).toBe(true);
    for (const path of ['/', '/login', '/profile', '/consoles', '/docs.json', '/login?return_to=/console'])
      expect(isConsolePath(path)).toBe(false);
  });
});

test('formats a share as 100% only when it is all', () => {
  expect(formatShare(0.6421, 'en')).toBe('64.2%');
  expect(formatShare(0.9999, 'en')).toBe('99.9%');
  expect(formatShare(1, 'en')).toBe('100%');
  expect(formatShare(0.0004, 'en')).toBe('0%');
  expect(formatShare(0.6421, 'de').replace(/\s/, ' ')).toBe('64,2 %');
});

describe('errorMessage', () => {
  test('states how long to wait, rounded up to minutes', () => {
    expect(errorMessage(translator('en', 'errors'), { code: 'rate_limited', retryAfterSeconds: 61 })).toContain(
      '2 minutes',
    );
    expect(errorMessage(translator('de', 'errors'), { code: 'rate_limited', retryAfterSeconds: 20 })).toContain(
      'einer Minute',
    );
  });

  test('states how many attempts remain', () => {
    const t = translator('en', 'errors');
    expect(errorMessage(t, { code: 'code_wrong', triesLeft: 4 })).toContain('4 attempts left');
    expect(errorMessage(t, { code: 'code_wrong', triesLeft: 1 })).toContain('one attempt left');
    expect(errorMessage(t, { code: 'code_wrong', triesLeft: 0 })).toContain('new one');
  });
});
