import { expect, test } from 'vitest';
import { diffJson } from './model';

test('tells each leaf that differs, before and after', () => {
  expect(diffJson({ a: 1, b: { c: 'x' }, d: [1] }, { a: 1, b: { c: 'y', e: true }, d: [1, 2] })).toEqual({
    '/b/c': { before: 'x', after: 'y' },
    '/b/e': { before: null, after: true },
    '/d': { before: [1], after: [1, 2] },
  });
});

test('an object that comes or goes is told leaf by leaf, an empty one as itself', () => {
  expect(diffJson({}, { a: { b: 1 }, c: {} })).toEqual({
    '/a/b': { before: null, after: 1 },
    '/c': { before: null, after: {} },
  });
  expect(diffJson({ a: { b: 1 } }, {})).toEqual({ '/a/b': { before: 1, after: null } });
});

test('keys are escaped, their order says nothing, and null is a value', () => {
  expect(diffJson({ 'a/b~': 1 }, { 'a/b~': 2 })).toEqual({ '/a~1b~0': { before: 1, after: 2 } });
  expect(diffJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual({});
  expect(diffJson({ a: { b: 1 } }, { a: null })).toEqual({ '/a': { before: { b: 1 }, after: null } });
});
