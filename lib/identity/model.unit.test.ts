import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeAddress } from '@/lib/platform/address';
import type { JsonObject } from '@/lib/platform/json';
import { searchTextOf, searchWords, sortNameOf } from './model/search';

describe('normalizeAddress', () => {
  test('trims and maps every spelling to one form', () => {
    expect(normalizeAddress('  Zoë@Example.COM\n')).toBe('zoë@example.com');
    expect(normalizeAddress('Zoe\u0308@example.com')).toBe('zoë@example.com');
    expect(normalizeAddress('\u03aa\u0301@example.com')).toBe('\u0390@example.com');
  });

  const isOneForm = (text: string) => {
    const form = normalizeAddress(text);
    return (
      normalizeAddress(form) === form &&
      ['NFC', 'NFD'].every((spelling) => normalizeAddress(text.normalize(spelling)) === form)
    );
  };

  test('is idempotent and agrees on every spelling of a text', () => {
    const letters = fc.constantFrom(
      'a',
      'I',
      'İ',
      'Σ',
      'ς',
      'Ϊ',
      'Ω',
      'K',
      '\u0301',
      '\u0307',
      '\u0345',
      '\u0308',
      ' ',
    );
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: letters }));
    fc.assert(
      fc.property(texts, (text) => isOneForm(text)),
      { numRuns: 2000 },
    );
  });

  test('is idempotent for every character, alone and with a combining mark', () => {
    const failed: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const char = String.fromCodePoint(code);
      if (!isOneForm(char) || !isOneForm(`${char}\u0301`)) failed.push(code.toString(16));
    }
    expect(failed).toEqual([]);
  });
});

describe('search text and sort name', () => {
  const traitsOf = (first: string): JsonObject => ({ email: 'a@example.com', name: { first, last: '👩' } });

  const textOf = (traits: JsonObject, externalId: string | null = null) =>
    searchTextOf({ identifiers: ['a@example.com'], externalId, traits });

  test('contains identifiers, external ID and all strings of the traits, folded, each once', () => {
    expect(textOf(traitsOf('ADA ﬁ'), 'X-1')).toBe('a@example.com\nx-1\nada fi\n👩');
  });

  test('escapes LIKE wildcards alike in text and words', () => {
    const text = textOf(traitsOf('100%_\\'));
    expect(text).not.toMatch(/[%_\\]/);
    expect(searchWords('0%_\\')).toEqual(['0％＿＼']);
    expect(text).toContain('100％＿＼');
    // Full-width input matches too: folding unifies both forms.
    expect(searchWords('100％＿＼')).toEqual(searchWords('100%_\\'));
  });

  test('splits words at any whitespace, keeps at most eight and drops unstorable text', () => {
    expect(searchWords('  Ada\u00a0LOVELACE\tada ')).toEqual(['ada', 'lovelace']);
    expect(searchWords('a b c d e f g h i j')).toHaveLength(8);
    expect(searchWords('\0')).toEqual([]);
    expect(searchWords('\ud800x')).toEqual(['\ufffdx']);
    expect(searchWords('x'.repeat(5000))[0]?.length).toBeLessThan(1000);
  });

  test('truncates between characters, never within one', () => {
    for (let length = 900; length < 1000; length++) {
      const text = textOf(traitsOf(`${'x'.repeat(length)}${'😀'.repeat(100)}`));
      expect([text.isWellFormed(), Buffer.byteLength(text) <= 1000]).toEqual([true, true]);
    }
    for (const padding of ['', 'x']) {
      const traits = traitsOf(padding + '😀'.repeat(200));
      expect(sortNameOf({ traits, verifiableAddresses: [], identifiers: [] }).isWellFormed()).toBe(true);
    }
  });
});
