import { fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/platform/json';
import defaultDocument from './default-schema.json';
import { compile, patternFault } from './json-schema';

const of = (schema: JsonObject) => compile({ properties: { traits: schema } });
const violations = (schema: JsonObject, traits: Json) => of(schema)({ traits });
const isTooCostly = (schema: JsonObject, traits: Json) => {
  const [first] = violations(schema, traits);
  return first?.keyword === 'cost';
};

/** In a backtracking engine, each of these would run practically forever, and so would the test. */
describe('a check terminates', () => {
  test.each([
    ['^(a+)+$', 'a'.repeat(5000)],
    ['^(a|aa)+$', 'a'.repeat(5000)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(5000)],
    ['(x+x+)+y', 'x'.repeat(5000)],
    ['^(.*,){11}P', ','.repeat(5000)],
    ['(a?){100}a{100}', 'a'.repeat(90)],
  ])('with pattern %s', (pattern, text) => {
    expect(violations({ type: 'string', pattern }, `${text}!`)).toMatchObject([
      { pointer: '/traits', keyword: 'pattern' },
    ]);
    expect(violations({ patternProperties: { [pattern]: false } }, { [`${text}!`]: 1 })).toEqual([]);
  });

  const UNITS = ['a', 'a.', '1.', '::', '%41', '{a}', '/', '-', '(a+)+', 'a@', '0'];
  test.each(Object.keys(fullFormats))('with format %s', (format) => {
    const check = of({ type: 'string', format });
    for (const unit of UNITS)
      for (const begin of ['', 'http://', 'a@', '/', 'P', 'urn:'])
        expect(Array.isArray(check({ traits: `${begin}${unit.repeat(100_000)}!` }))).toBe(true);
  });

  test('with many costly texts, charged to one budget', () => {
    const items = { type: 'string', pattern: '^([a-z]{1,30}){1,20}$' };
    expect(patternFault(items.pattern)).not.toBeNull();
    const url = { items: { type: 'string', format: 'url' } };
    expect(isTooCostly(url, Array(200).fill(`http://${'::'.repeat(2000)}`))).toBe(true);
    expect(isTooCostly({ pattern: '^(a+)+$' }, 'a'.repeat(2_000_000))).toBe(true);
  });

  test('with references that double at every step', () => {
    const steps = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`s${at}`, { allOf: [1, 1].map(() => ({ $ref: `#/$defs/s${at + 1}` })) }]),
    );
    const document = { $defs: { ...steps, s40: {} }, properties: { traits: { $ref: '#/$defs/s0' } } };
    expect(compile(document)({ traits: {} })).toMatchObject([{ keyword: 'cost' }]);
  });

  test('with cyclic references', () => {
    const document = { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
    expect(compile({ ...document, properties: { traits: { $ref: '#/$defs/a' } } })({ traits: 1 })).toMatchObject([
      { keyword: 'cost' },
    ]);
  });

  test('with unique items, however many and deep', () => {
    const items = Array.from({ length: 30_000 }, (_, at) => ({ a: [at] }));
    expect(violations({ uniqueItems: true }, items)).toEqual([]);
    expect(violations({ uniqueItems: true }, [...items, { a: [7] }])).toMatchObject([{ keyword: 'uniqueItems' }]);
    expect(
      violations({ uniqueItems: true }, [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ]),
    ).toHaveLength(1);
  });

  test('with any number of faults', () => {
    const closed = { allOf: Array.from({ length: 500 }, () => ({ additionalProperties: false })) };
    const traits = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at]));
    expect(violations(closed, traits).length).toBeLessThanOrEqual(1000);
  });
});

test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
  'does not treat inherited %s as a property',
  (name) => {
    const schema = { type: 'object', required: [name], properties: { [name]: { type: 'string' } } };
    expect(violations(schema, {})).toMatchObject([{ keyword: 'required' }]);
    expect(violations({ ...schema, required: [] }, {})).toEqual([]);
    expect(violations(schema, { [name]: 'a' })).toEqual([]);
  },
);

test('an ordinary check fits the budget and reports the usual faults', () => {
  const check = compile(defaultDocument as JsonObject);
  expect(check({ traits: { email: 'ada@example.com', name: { first: 'Ada', last: 'Lovelace' } } })).toEqual([]);
  expect(check({ traits: { email: 'ada' } })).toMatchObject([{ pointer: '/traits/email', keyword: 'format' }]);
  expect(check({ traits: {} })).toMatchObject([{ pointer: '/traits/email', keyword: 'required' }]);
  expect(violations({ items: { type: 'integer', minimum: 0 } }, Array(10_000).fill(1))).toEqual([]);
  expect(violations({ items: { pattern: '^[a-z]{2,60}$' } }, Array(1000).fill('abcdef'))).toEqual([]);
});

test("compiled patterns are unique and bypass the library's cache", () => {
  const schema = { properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } };
  expect(violations(schema, { a: 'a', b: 'b' })).toEqual([]);
  expect(violations(schema, { a: 'b', b: 'a' }).map(({ pointer }) => pointer)).toEqual(['/traits/a', '/traits/b']);
});

test.each([
  ['^\\p{L}+$', 'Zoë'],
  ['^[A-Z]{2}\\d{2}$', 'DE12'],
  ['^\\u00e4$', 'ä'],
  ['^(?<year>\\d{4})-(?:\\d\\d)$', '2026-01'],
  ['^\\w+([.-]\\w+)*@', 'a.b@c'],
])('pattern %s matches as in JavaScript', (pattern, text) => {
  expect(patternFault(pattern)).toBeNull();
  expect(violations({ pattern }, text)).toEqual([]);
  expect(violations({ pattern }, '?')).toHaveLength(1);
});

test.each(['(?=a)a', '(?<!a)b', '(a)\\1', '(', 'a{1001}', '(a{1,100}){1,100}'])('refuses pattern %s', (pattern) => {
  expect(patternFault(pattern)).not.toBeNull();
});
