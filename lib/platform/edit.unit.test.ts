import { expect, test } from 'vitest';
import { mergeEdit } from './edit';

const current = { name: 'theirs', slug: 'same', size: 2 };

test('keeps the stored value of a field unchanged in the form', () => {
  expect(mergeEdit(current, { base: { name: 'old', size: 1 }, mine: { name: 'old', slug: 'same' } })).toEqual(current);
});

test('takes a field changed in the form only, or identically on both sides', () => {
  const edit = { base: { name: 'old', slug: 'same' }, mine: { name: 'theirs', slug: 'new' } };
  expect(mergeEdit(current, edit)).toEqual({ name: 'theirs', slug: 'new', size: 2 });
});

test('refuses fields changed differently on both sides, with all three values', () => {
  const edit = { base: { name: 'old', size: 1, slug: 'same' }, mine: { name: 'mine', size: 3, slug: 'new' } };
  const conflicts = [
    { pointer: '/name', base: 'old', mine: 'mine', theirs: 'theirs' },
    { pointer: '/size', base: 1, mine: 3, theirs: 2 },
  ];
  expect(() => mergeEdit(current, edit)).toThrow(
    expect.objectContaining({ code: 'version_conflict', details: expect.objectContaining({ conflicts }) }),
  );
});

test('ignores an unknown field', () => {
  const edit = { base: {}, mine: { id: 'other', ['__proto__']: { x: 1 } } };
  const merged = mergeEdit<Record<string, string | number>>(current, edit as never);
  expect(merged).toEqual(current);
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
});
