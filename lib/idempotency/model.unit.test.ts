import { describe, expect, test } from 'vitest';
import { parseIdempotencyKey } from './model';

describe('parseIdempotencyKey', () => {
  test.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"order 7, first try"', 'order 7, first try'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['x'.repeat(255), 'x'.repeat(255)],
  ])('accepts %s', (header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  test.each([
    '',
    '""',
    '"',
    '"a',
    'a"b',
    'a, b',
    'a;p=1',
    '"a";p=1',
    'ä',
    '"ä"',
    'a b',
    '"a\\b"',
    'x'.repeat(256),
    '\t',
  ])('refuses %j', (header) => {
    expect(() => parseIdempotencyKey(header)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
