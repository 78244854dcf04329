import { describe, expect, test } from 'vitest';
import { toDevice, toKnownDevice, toStoredUserAgent } from './user-agent';

describe('toDevice', () => {
  const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1';
  const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0';
  test.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, 'Chrome', 'Windows', 'desktop'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/131.0.0.0`,
      'Microsoft Edge',
      'Windows',
      'desktop',
    ],
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Safari/605.1.15`, 'Safari', 'macOS', 'desktop'],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`,
      'Safari',
      'iPhone',
      'mobile',
    ],
    [`Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`, 'Safari', 'iPad', 'tablet'],
    [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`, 'Chrome', 'Android', 'mobile'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox', 'Linux', 'desktop'],
  ])('%s', (userAgent, browser, system, kind) => {
    expect(toDevice(userAgent)).toEqual({ browser, system, kind });
  });

  test.each(['', '   ', '\0\n', 'gibberish', 'x'.repeat(100_000)])(
    'what no browser sends is not known: %.20s',
    (userAgent) => {
      expect(toDevice(userAgent)).toEqual({ browser: null, system: null, kind: 'unknown' });
    },
  );
});

test('a stored User-Agent is bounded and has no control characters', () => {
  expect(toStoredUserAgent('a\0b\r\nc\u{202e}d')).toBe('abcd');
  expect(toStoredUserAgent('x'.repeat(5000))).toHaveLength(512);
  expect(toStoredUserAgent(null)).toBe('');
});

describe('toKnownDevice', () => {
  test('names well-known browsers and systems', () => {
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
    expect(toKnownDevice(firefox)).toEqual({ browser: 'Firefox', system: 'Linux' });
  });

  test('does not repeat what a client wrote into the header', () => {
    const userAgent = 'Call 0800 123 now/1.0 (X11; Linux x86_64)';
    expect(toDevice(userAgent).browser).toBe('Call 0800 123 now');
    expect(toKnownDevice(userAgent)).toEqual({ browser: null, system: 'Linux' });
  });
});
