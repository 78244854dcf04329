import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findUnstorableText,
  isStorableText,
  isVisible,
  MAX_MARKS,
  nameFault,
  textFault,
  toDisplayText,
  truncateBytes,
  truncateText,
} from './text';

describe('isStorableText', () => {
  test.each(['', 'Żółć 王', '👩‍🔬', '\u{10ffff}', '\u0001\n'])('accepts %j', (text) => {
    expect(isStorableText(text)).toBe(true);
  });

  test.each(['\0', 'a\0b', '\ud800', 'a\udc00', '\udc00\ud800', '👩\ud83d'])('refuses %j', (text) => {
    expect(isStorableText(text)).toBe(false);
  });
});

describe('findUnstorableText', () => {
  test.each<[unknown, PropertyKey[] | null]>([
    ['a\0', []],
    ['a', null],
    [undefined, null],
    [7, null],
    [{ name: { first: 'a\0' } }, ['name', 'first']],
    [{ list: ['a', 'b', '\ud800'] }, ['list', 2]],
    [{ list: [{ 'x\0': 1 }] }, ['list', 0, 'x\0']],
    [{ ok: [1, null, true, new Date(0), { a: 'b' }] }, null],
  ])('locates %j', (value, place) => {
    expect(findUnstorableText(value)).toEqual(place);
  });

  test('finds unstorable text at any place of any value, and only there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('\0', '\udc00'), (value, bad) => {
        expect(findUnstorableText(value)).toBeNull();
        expect(findUnstorableText([value, { value, last: bad }])).toEqual([1, 'last']);
      }),
    );
  });

  test('handles depth and cycles within stack and time', () => {
    let deep: object = { last: '\0' };
    for (let level = 0; level < 200_000; level++) deep = { deep };
    expect(findUnstorableText(deep)).toHaveLength(200_001);
    const circle: Record<string, unknown> = {};
    circle.self = [circle];
    expect(findUnstorableText(circle)).toBeNull();
  });
});

test('truncateText never splits a character', () => {
  expect(truncateText('ab😀', 3)).toBe('ab');
  expect(truncateText('ab😀', 4)).toBe('ab😀');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, most) => {
      const cut = truncateText(text, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.isWellFormed()).toBe(true);
    }),
  );
});

test('truncateBytes keeps as many whole characters as fit', () => {
  expect(truncateBytes('ab😀', 5)).toBe('ab');
  expect(truncateBytes('ab😀', 6)).toBe('ab😀');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, most) => {
      const cut = truncateBytes(text, most);
      const left = text.slice(cut.length);
      const next = left === '' ? '' : String.fromCodePoint(left.codePointAt(0) ?? 0);
      expect(cut + left).toBe(text);
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
      expect(left === '' || Buffer.byteLength(cut + next) > most).toBe(true);
    }),
  );
});

describe('visibility', () => {
  test.each([
    '',
    ' ',
    '\u00a0\u3000',
    '\u2800',
    '\u3164\u115f\uffa0',
    '\u200b\u2060\ufeff',
    '\u00ad',
    '\u202e\u2066',
    '\u{e0041}',
  ])('treats %j as invisible', (text) => {
    expect(isVisible(text)).toBe(false);
    expect(nameFault(text)).toBe('empty');
  });

  test.each(['a', '字', '👩\u200d👩\u200d👧', 'क्षि', '-', 'ไทย', 'שָׁלוֹם', 'Việt'])(
    'treats %s as a readable name',
    (text) => {
      expect(isVisible(text)).toBe(true);
      expect([nameFault(text), textFault(text)]).toEqual([null, null]);
      expect(toDisplayText(text)).toBe(text.normalize('NFC'));
    },
  );
});

describe('combining marks', () => {
  const marks = (count: number) => `z${'\u0316'.repeat(count)}`;

  test('are limited to what scripts need', () => {
    expect(textFault(marks(MAX_MARKS))).toBeNull();
    expect(textFault(marks(MAX_MARKS + 1))).toBe('marks');
    expect(toDisplayText(marks(50))).toBe(marks(MAX_MARKS));
  });

  test('are counted across invisible characters', () => {
    expect(textFault(`z${'\u0316\u200d\u034f'.repeat(9)}`)).toBe('marks');
    expect(textFault('क्षि'.repeat(20))).toBeNull();
  });
});

describe('nameFault', () => {
  test.each(['a\u202eb', 'a\u2066b', 'a\nb', 'a\u2028b', 'a\0b', 'a\ud800'])('calls %j unreadable', (text) => {
    expect(nameFault(text)).toBe('unreadable');
  });
});
