import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json';
import { moveInText, placeAt, readObject, renameInText, setInText } from './json-text';

const WRITTEN = `{
  "a": { "b": 1.50, "c": [1,2] },
  "d": {
    "e": "x",
    "f": {}
  }
}`;

describe('a change in a text', () => {
  test.each<[string, (text: string) => string, string, string]>([
    ['replaces a value', (text) => setInText(text, ['a', 'b'], 2), '"b": 1.50', '"b": 2'],
    ['adds to an object on one line', (text) => setInText(text, ['a', 'x'], [1]), '[1,2] }', '[1,2], "x": [1] }'],
    [
      'adds to an object on several lines',
      (text) => setInText(text, ['d', 'x'], { y: 1 }),
      '"f": {}',
      '"f": {},\n    "x": {\n      "y": 1\n    }',
    ],
    [
      'adds to an empty object',
      (text) => setInText(text, ['d', 'f', 'x'], 1),
      '"f": {}',
      '"f": {\n      "x": 1\n    }',
    ],
    [
      'creates objects on the way',
      (text) => setInText(text, ['a', 'x', 'y'], 1),
      '[1,2] }',
      '[1,2], "x": { "y": 1 } }',
    ],
    ['replaces what is no object', (text) => setInText(text, ['d', 'e', 'x'], 1), '"x"', '{\n      "x": 1\n    }'],
    ['removes a first member', (text) => setInText(text, ['a', 'b'], undefined), '"b": 1.50, ', ''],
    ['removes a last member', (text) => setInText(text, ['d', 'f'], undefined), ',\n    "f": {}', ''],
    ['removes what is not there', (text) => setInText(text, ['d', 'z'], undefined), '', ''],
    ['renames a key', (text) => renameInText(text, ['d', 'e'], 'é"'), '"e"', '"é\\""'],
    ['moves a member', (text) => moveInText(text, ['d', 'e'], 1), '"e": "x",\n    "f": {}', '"f": {},\n    "e": "x"'],
    ['moves nothing over the end', (text) => moveInText(text, ['d', 'f'], 1), '', ''],
  ])('%s', (_, change, before, after) => expect(change(WRITTEN)).toBe(WRITTEN.replace(before, () => after)));
});

test.each([
  ['{"a": 1\n,}', { line: 2, kind: 'syntax' }],
  ['[]', { line: 1, kind: 'object' }],
  ['{"a": {\n"b": 1,\n"b": 2}}', { line: 3, kind: 'duplicate', key: 'b' }],
])('%j has a fault', (text, fault) => expect(readObject(text)).toEqual({ fault }));

test.each([
  ['{"a": "b|"}', { path: ['a'], isKey: false, start: 6, end: 9 }],
  ['{"a|": 1}', { path: ['a'], isKey: true, start: 1, end: 4 }],
  ['{"a": 1, |}', { path: [''], isKey: true, start: 9, end: 9 }],
  ['{"a": [1, |', { path: ['a', 1], isKey: false, start: 10, end: 10 }],
])('%j: the place of the cursor', (marked, place) => {
  expect(placeAt(marked.replace('|', ''), marked.indexOf('|'))).toEqual(place);
});

const key = fc.string({ minLength: 1, maxLength: 3 }).filter((name) => name !== '__proto__');
const object = fc
  .object({ key, maxDepth: 3, values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)] })
  .map((value) => value as JsonObject);
const spacing = fc.constantFrom<string | number | undefined>(undefined, 2, 4, '\t');

test('sets and removes as on the value, in every spacing', () => {
  fc.assert(
    fc.property(object, spacing, key, key, fc.jsonValue({ maxDepth: 2 }), (value, space, first, second, item) => {
      const text = JSON.stringify(value, null, space);
      const inner = value[first];
      const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      const changed = setInText(text, [first, second], item as never);
      const expected = { ...value, [first]: { ...(isObject ? inner : {}), [second]: item } };
      expect(JSON.parse(changed)).toEqual(JSON.parse(JSON.stringify(expected)));
      const { [first]: _, ...rest } = value;
      expect(JSON.parse(setInText(text, [first], undefined))).toEqual(JSON.parse(JSON.stringify(rest)));
    }),
    { numRuns: 500 },
  );
});
