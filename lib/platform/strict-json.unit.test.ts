import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from './strict-json';

const reasonOf = (text: string) => {
  try {
    parseJson(text);
  } catch (error) {
    return (error as { code: string; details: { reason: string } }).code === 'invalid_input'
      ? (error as { details: { reason: string } }).details.reason
      : 'another error';
  }
  return null;
};

const hasUnsafeInteger = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isInteger(value) && !Number.isSafeInteger(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(hasUnsafeInteger);

describe('parseJson', () => {
  test('parses any output of JSON.stringify that I-JSON allows', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        const isForbidden =
          hasUnsafeInteger(value) || text.includes('__proto__') || text.includes('\\u0000') || /\\ud[89a-f]/.test(text);
        if (!isForbidden) expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    ['{"a":1,"a":2}', 'repeated'],
    ['{"a":{"b":1,"\\u0062":2}}', 'repeated'],
    ['[{"x":{"a":1},"x":1}]', 'repeated'],
    ['{"__proto__":{"admin":true}}', '__proto__'],
    ['{"\\u005f_proto__":1}', '__proto__'],
    ['{"a":"\\u0000"}', 'NUL'],
    ['{"a\\u0000":1}', 'NUL'],
    ['{"a":"\\ud800"}', 'surrogate'],
    ['{"\\udc00a":1}', 'surrogate'],
    ['{"a":1', 'not valid JSON'],
    ['', 'not valid JSON'],
    ['{"a":12345678901234567890}', 'exactly'],
    ['[1,2,1e999]', 'exactly'],
    ['{"a":NaN}', 'not valid JSON'],
  ])('refuses %s', (text, words) => {
    expect(reasonOf(text)).toContain(words);
  });

  test('ignores a leading byte order mark, and no other', () => {
    expect(parseJson('\uFEFF{"a":"\uFEFF"}')).toEqual({ a: '\uFEFF' });
    expect(reasonOf('\uFEFF\uFEFF{}')).toContain('JSON');
    expect(reasonOf('{\uFEFF}')).toContain('JSON');
  });

  test('accepts equal keys in different objects, and a value equal to a key', () => {
    expect(reasonOf('{"a":{"a":["a","a",{"a":"a"}]},"b":{"a":1}}')).toBeNull();
    expect(reasonOf('["a","a","{\\"a\\":1,\\"a\\":2}"]')).toBeNull();
  });

  test('refuses nesting of 20,000 without exhausting the stack', () => {
    expect(reasonOf('['.repeat(20_000) + ']'.repeat(20_000))).toContain('nested');
    expect(reasonOf(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`)).toContain('nested');
  });
});
