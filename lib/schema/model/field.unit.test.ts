import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/platform/json';
import { fieldsOf, isSelfEditable } from './field';

const schemaOf = (properties: JsonObject, rest: JsonObject = {}) => ({
  properties: { traits: { type: 'object', properties, ...rest } },
  $defs: {
    phone: { type: 'string', format: 'tel', title: 'Phone', 'x-signet': { identifier: true } },
    place: { type: 'object', title: 'Place', properties: { city: { type: 'string' }, in: { $ref: '#/$defs/place' } } },
    size: { type: 'integer', title: 'Size', description: 'In centimetres', minimum: 1 },
    self: { $ref: '#/$defs/self' },
  },
});
const only = (node: JsonObject) => {
  const [field] = fieldsOf(schemaOf({ it: node }));
  return field;
};

describe('a field', () => {
  test.each<[string, JsonObject, object]>([
    ['a nullable string', { type: ['string', 'null'] }, { type: 'string', isList: false }],
    ['a list of texts', { type: 'array', items: { type: 'string' } }, { type: 'string', isList: true }],
    [
      'a list of a referenced type',
      { type: 'array', items: { $ref: '#/$defs/size' } },
      { type: 'integer', isList: true },
    ],
    ['listed values without a type', { enum: ['a', 'b', null] }, { type: 'string' }],
    [
      'a reference',
      { $ref: '#/$defs/size' },
      { type: 'integer', title: 'Size', description: { text: 'In centimetres' } },
    ],
    ['a reference with its own title', { $ref: '#/$defs/size', title: 'Height' }, { title: 'Height' }],
    ['a key without a title', { type: 'string' }, { title: 'it' }],
  ])('is made of %s', (_, node, expected) => expect(only(node)).toMatchObject(expected));

  test('has the titles of its listed values, in each language', () => {
    const choice = (value: string, title: string, de: string) => ({
      const: value,
      title,
      'x-signet': { titles: { de } },
    });
    const field = only({ type: 'string', oneOf: [choice('s', 'Small', 'Klein'), choice('l', 'Large', 'Groß')] });
    expect(field?.options).toEqual([
      { value: 's', label: { text: 'Small', others: { de: 'Klein' } } },
      { value: 'l', label: { text: 'Large', others: { de: 'Groß' } } },
    ]);
  });

  test('has the titles of the objects that contain it', () => {
    const street = { type: 'string' };
    const home = { type: 'object', title: 'Home', properties: { street } };
    const nested = { type: 'object', title: 'Contact', properties: { home, other: { properties: { street } } } };
    const groups = fieldsOf(schemaOf({ nested })).map((field) => field.groups.map(({ text }) => text));
    expect(groups).toEqual([['Contact', 'Home'], ['Contact']]);
  });
});

test.each<[string, JsonObject]>([
  ['an object without properties', { type: 'object' }],
  ['a list of objects', { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } }],
  ['a list of anything', { type: 'array' }],
  ['a choice of types', { type: ['string', 'number'] }],
  ['a reference to itself', { $ref: '#/$defs/self' }],
  ['a reference to nowhere', { $ref: '#/$defs/none' }],
  ['an identifier behind a reference', { $ref: '#/$defs/phone' }],
  ['a list of identifiers', { type: 'array', items: { type: 'string' }, 'x-signet': { identifier: true } }],
])('%s has no field', (_, node) => expect(only(node)).toBeUndefined());

test('a recursive object ends where it repeats', () => {
  expect(fieldsOf(schemaOf({ it: { $ref: '#/$defs/place' } })).map(({ path }) => path)).toEqual([['it', 'city']]);
});

test('a field that is written once is open only while it is empty', () => {
  const once = only({ type: 'string', 'x-signet': { selfService: 'writeOnce' } });
  if (!once) throw new Error('it has no field');
  expect([undefined, null, '', [], 'a', 0, false].map((value) => isSelfEditable(once, value))).toEqual([
    ...[true, true, true, true],
    ...[false, false, false],
  ]);
});
