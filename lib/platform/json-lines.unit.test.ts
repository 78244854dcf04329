import { expect, test } from 'vitest';
import { lineAt, linesOf } from './json-lines';

const TEXT = `{
  "a": 1,
  "b/c": {
    "list": [
      "x",
      { "deep": "{ \\"not\\": 1 }" }
    ],
    "a": null
  }, "last": true
}`;

test('finds the line of each value, by pointer', () => {
  const lines = linesOf(TEXT);
  const found = Object.fromEntries(lines);
  expect(found).toEqual({
    '': 1,
    '/a': 2,
    '/b~1c': 3,
    '/b~1c/list': 4,
    '/b~1c/list/0': 5,
    '/b~1c/list/1': 6,
    '/b~1c/list/1/deep': 6,
    '/b~1c/a': 8,
    '/last': 9,
  });
});

test('names the line of what contains a pointer that is not there', () => {
  const lines = linesOf(TEXT);
  expect(lineAt(lines, '/b~1c/list/1/missing')).toBe(6);
  expect(lineAt(lines, '/none')).toBe(1);
});

test('reads a text that is not JSON as far as possible', () => {
  expect(lineAt(linesOf('{\n "a": [1,\n "unterminated'), '/a/1')).toBe(3);
  expect([...linesOf('')]).toEqual([]);
});
