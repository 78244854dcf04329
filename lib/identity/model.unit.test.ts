import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/platform/json';
import { normalizeAddress, searchTextOf, sortNameOf } from './model';

describe('normalizeAddress', () => {
  test('trims, and makes one form of each spelling', () => {
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

  test('what it answers stays as it is, and every spelling of a text has the same answer', () => {
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

  test('so it is for every character, alone and with a mark', () => {
    const failed: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const char = String.fromCodePoint(code);
      if (!isOneForm(char) || !isOneForm(`${char}\u0301`)) failed.push(code.toString(16));
    }
    expect(failed).toEqual([]);
  });
});

describe('what search and lists go by', () => {
  const traitsOf = (first: string): JsonObject => ({ email: 'a@example.com', name: { first, last: '👩' } });

  test('all strings of the traits and the external id, folded', () => {
    expect(searchTextOf(traitsOf('ADA ﬁ'), 'X-1')).toBe('a@example.com\nada fi\n👩\nx-1');
  });

  test('is cut between characters, never within one', () => {
    for (let length = 3900; length < 4000; length++) {
      const text = searchTextOf(traitsOf(`${'x'.repeat(length)}${'😀'.repeat(100)}`), null);
      expect([text.isWellFormed(), text.length <= 4000]).toEqual([true, true]);
    }
    for (const padding of ['', 'x']) {
      const traits = traitsOf(padding + '😀'.repeat(200));
      expect(sortNameOf({ traits, verifiableAddresses: [], identifiers: [] }).isWellFormed()).toBe(true);
    }
  });
});
