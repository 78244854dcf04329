import { expect, test } from 'vitest';
import { mergeEdit } from './edit';

const current = { name: 'theirs', slug: 'same', size: 2 };

test('what the form left alone keeps what somebody else wrote', () => {
  expect(mergeEdit(current, { base: { name: 'old', size: 1 }, mine: { name: 'old', slug: 'same' } })).toEqual(current);
});

test('what only the form changed is taken, and so is what both changed alike', () => {
  const edit = { base: { name: 'old', slug: 'same' }, mine: { name: 'theirs', slug: 'new' } };
  expect(mergeEdit(current, edit)).toEqual({ name: 'theirs', slug: 'new', size: 2 });
});

test('what both changed is refused with all three values, each field', () => {
  const edit = { base: { name: 'old', size: 1, slug: 'same' }, mine: { name: 'mine', size: 3, slug: 'new' } };
  const conflicts = [
    { pointer: '/name', base: 'old', mine: 'mine', theirs: 'theirs' },
    { pointer: '/size', base: 1, mine: 3, theirs: 2 },
  ];
  expect(() => mergeEdit(current, edit)).toThrow(
    expect.objectContaining({ code: 'version_conflict', details: expect.objectContaining({ conflicts }) }),
  );
});

test('a field that is not one of them is no field', () => {
  const edit = { base: {}, mine: { id: 'other', ['__proto__']: { x: 1 } } };
  const merged = mergeEdit<Record<string, string | number>>(current, edit as never);
  expect(merged).toEqual(current);
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
});
