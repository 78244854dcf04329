import { expect, test } from 'vitest';
import { diffJson } from './model';

test('returns each leaf that differs, with its value before and after', () => {
  expect(diffJson({ a: 1, b: { c: 'x' }, d: [1] }, { a: 1, b: { c: 'y', e: true }, d: [1, 2] })).toEqual({
    '/b/c': { before: 'x', after: 'y' },
    '/b/e': { before: null, after: true },
    '/d': { before: [1], after: [1, 2] },
  });
});

test('lists an added or removed object leaf by leaf, and an empty one as a single value', () => {
  expect(diffJson({}, { a: { b: 1 }, c: {} })).toEqual({
    '/a/b': { before: null, after: 1 },
    '/c': { before: null, after: {} },
  });
  expect(diffJson({ a: { b: 1 } }, {})).toEqual({ '/a/b': { before: 1, after: null } });
});

test('escapes keys, ignores their order and treats null as a value', () => {
  expect(diffJson({ 'a/b~': 1 }, { 'a/b~': 2 })).toEqual({ '/a~1b~0': { before: 1, after: 2 } });
  expect(diffJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual({});
  expect(diffJson({ a: { b: 1 } }, { a: null })).toEqual({ '/a': { before: { b: 1 }, after: null } });
});
