import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject, toPointer } from '@/lib/platform/json';
import { type Conversion, convert, type Outcome } from './convert';
import { type Check, isTraitPointer, type Repair, repairTraits } from './repair';

const accept: Check = () => [];
const repair = (traits: JsonObject, ...repairs: Repair[]) => repairTraits(traits, repairs, accept).traits;
const faultsOf = (traits: JsonObject, ...repairs: Repair[]) =>
  repairTraits(traits, repairs, accept).faults.map(({ pointer, message }) => [pointer, message]);
/** Refuses texts, each at its place. */
const refuseTexts: Check = (traits) => {
  const at = (value: Json, place: string): string[] =>
    typeof value === 'string'
      ? [place]
      : Object.entries(value ?? {}).flatMap(([key, child]) => at(child, `${place}${toPointer([key])}`));
  return at(traits, '/traits').map((pointer) => ({ pointer, keyword: 'type', message: 'must not be text' }));
};

const key = fc.constantFrom('a', 'b', 'c/d', 'e~f');
const traits: fc.Arbitrary<JsonObject> = fc
  .dictionary(key, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)));
const pointer = fc
  .array(fc.constantFrom('a', 'b', 'c~1d', 'e~0f', '*', '0'), { minLength: 1, maxLength: 3 })
  .map((parts) => `/traits/${parts.join('/')}`);
const conversion = fc.constantFrom<Conversion[]>(
  'number',
  'integer',
  'boolean',
  'date',
  'text',
  'list',
  'first',
  'joined',
);
const anyRepair: fc.Arbitrary<Repair> = fc.oneof(
  fc.record({
    op: fc.constant('default' as const),
    pointer,
    value: fc.jsonValue({ maxDepth: 1 }),
  }) as fc.Arbitrary<Repair>,
  fc.record({ op: fc.constant('move' as const), from: pointer, pointer }),
  fc.record({
    op: fc.constant('replace' as const),
    pointer,
    value: fc.jsonValue({ maxDepth: 1 }),
  }) as fc.Arbitrary<Repair>,
  fc.record({ op: fc.constant('remove' as const), pointer, where: fc.constantFrom('refused', 'everywhere') }),
  fc.record({ op: fc.constant('convert' as const), pointer, to: conversion }),
  fc.record({ op: fc.constant('leave' as const), pointer }),
);

describe('repairs', () => {
  test('never change what they are given, and say what they changed', () => {
    fc.assert(
      fc.property(traits, fc.array(anyRepair, { maxLength: 4 }), (before, repairs) => {
        const text = JSON.stringify(before);
        const { traits: after, changed } = repairTraits(before, repairs, refuseTexts);
        expect(JSON.stringify(before)).toBe(text);
        expect(JSON.parse(JSON.stringify(after))).toEqual(after);
        if (changed.length === 0) expect(after).toBe(before);
      }),
    );
  });

  test('leave what they do not name as it is', () => {
    fc.assert(
      fc.property(traits, anyRepair, (before, one) => {
        const places = [one.pointer, one.op === 'move' ? one.from : one.pointer].map((text) => text.split('/')[2]);
        const { traits: after } = repairTraits(before, [one], refuseTexts);
        for (const [name, value] of Object.entries(before)) {
          const part = name.replaceAll('~', '~0').replaceAll('/', '~1');
          if (!places.includes(part)) expect(after[name]).toEqual(value);
        }
      }),
    );
  });

  test('a fault leaves the value', () => {
    fc.assert(
      fc.property(traits, anyRepair, (before, one) => {
        const { traits: after, faults, changed } = repairTraits(before, [one], refuseTexts);
        if (faults.length > 0 && !one.pointer.includes('*'))
          expect({ after, changed }).toEqual({ after: before, changed: [] });
      }),
    );
  });

  test('a move there and back restores the values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
        const before = { a: JSON.parse(JSON.stringify(value)), z: 1 };
        const there: Repair = { op: 'move', from: '/traits/a', pointer: '/traits/b/c' };
        const back: Repair = { op: 'move', from: '/traits/b/c', pointer: '/traits/a' };
        expect(repair(before, there, back)).toEqual(before);
      }),
    );
  });

  test('set a default only where there is no value', () => {
    const one: Repair = { op: 'default', pointer: '/traits/name/first', value: 'Ada' };
    expect(repair({}, one)).toEqual({ name: { first: 'Ada' } });
    expect(repair({ name: { first: null } }, one)).toEqual({ name: { first: 'Ada' } });
    expect(repair({ name: { first: '' } }, one)).toEqual({ name: { first: '' } });
    expect(faultsOf({ name: 'Ada' }, one)).toEqual([
      ['/traits/name/first', 'cannot be set below a value that is not an object'],
    ]);
  });

  test('move a trait into its own place and to another, never over a value', () => {
    expect(repair({ name: 'Ada' }, { op: 'move', from: '/traits/name', pointer: '/traits/name/full' })).toEqual({
      name: { full: 'Ada' },
    });
    const onto: Repair = { op: 'move', from: '/traits/a', pointer: '/traits/b' };
    expect(repair({ a: 1, b: 1 }, onto)).toEqual({ b: 1 });
    expect(faultsOf({ a: 1, b: 2 }, onto)).toEqual([['/traits/a', 'cannot be moved to /traits/b, which has a value']]);
    expect(repair({ c: 1 }, onto)).toEqual({ c: 1 });
  });

  test('reach each item of a list', () => {
    expect(repair({ n: ['1', '2'] }, { op: 'convert', pointer: '/traits/n/*', to: 'integer' })).toEqual({ n: [1, 2] });
    expect(repair({ n: [{ x: 1, y: 2 }] }, { op: 'remove', pointer: '/traits/n/*/x', where: 'everywhere' })).toEqual({
      n: [{ y: 2 }],
    });
    expect(faultsOf({ n: ['1', 'two', 'x'] }, { op: 'convert', pointer: '/traits/n/*', to: 'integer' })).toEqual([
      ['/traits/n/1', 'cannot be converted to an integer'],
      ['/traits/n/2', 'cannot be converted to an integer'],
    ]);
  });

  test('apply in their order', () => {
    const remove: Repair = { op: 'remove', pointer: '/traits/role', where: 'everywhere' };
    const set: Repair = { op: 'default', pointer: '/traits/role', value: 'user' };
    expect(repair({ role: 'x' }, remove, set)).toEqual({ role: 'user' });
    expect(repair({ role: 'x' }, set, remove)).toEqual({});
  });

  test('remove and replace only what is refused, and nothing of those who are accepted', () => {
    const remove: Repair = { op: 'remove', pointer: '/traits/age' };
    const replace: Repair = { op: 'replace', pointer: '/traits/age', value: 0 };
    const of = (traits: JsonObject, one: Repair) => repairTraits(traits, [one], refuseTexts);
    for (const one of [remove, replace]) {
      const accepted = { age: 41, name: 'Ada' };
      expect(of(accepted, one)).toEqual({ traits: accepted, faults: [], changed: [], failed: [] });
      expect(of({}, one).changed).toEqual([]);
    }
    expect(of({ age: 'old', name: 'Ada' }, remove).traits).toEqual({ name: 'Ada' });
    expect(of({ age: 'old', name: 'Ada' }, replace).traits).toEqual({ age: 0, name: 'Ada' });
    expect(of({ age: { years: 'old', months: 3 } }, remove).traits).toEqual({});
  });

  test('remove and replace single items of a list', () => {
    const of = (traits: JsonObject, one: Repair) => repairTraits(traits, [one], refuseTexts).traits;
    expect(of({ n: [1, 'two', 3, 'x'] }, { op: 'remove', pointer: '/traits/n/*' })).toEqual({ n: [1, 3] });
    expect(of({ n: [1, 'two'] }, { op: 'replace', pointer: '/traits/n/*', value: 2 })).toEqual({ n: [1, 2] });
    expect(of({ n: [{ x: 'a' }, { x: 2 }] }, { op: 'replace', pointer: '/traits/n/*/x', value: 0 })).toEqual({
      n: [{ x: 0 }, { x: 2 }],
    });
  });

  test('set what is missing where it is required, and make no parents', () => {
    const requireCity: Check = ({ address }) =>
      isJsonObject(address) && address.city === undefined
        ? [{ pointer: '/traits/address/city', keyword: 'required', message: 'must have a city' }]
        : [];
    const set: Repair = { op: 'replace', pointer: '/traits/address/city', keyword: 'required', value: 'Rome' };
    expect(repairTraits({ address: { street: 'x' } }, [set], requireCity).traits).toEqual({
      address: { street: 'x', city: 'Rome' },
    });
    expect(repairTraits({ name: 'Ada' }, [set], requireCity).traits).toEqual({ name: 'Ada' });
  });

  test('with a keyword act only on what this rule refuses', () => {
    const other: Repair = { op: 'remove', pointer: '/traits/age', keyword: 'minimum' };
    expect(repairTraits({ age: 'old' }, [other], refuseTexts).traits).toEqual({ age: 'old' });
    expect(repairTraits({ age: 'old' }, [{ ...other, keyword: 'type' }], refuseTexts).traits).toEqual({});
  });

  test('remove what an earlier one could not convert, and with it the fault', () => {
    const convert: Repair = { op: 'convert', pointer: '/traits/age', to: 'integer' };
    const remove: Repair = { op: 'remove', pointer: '/traits/age', keyword: 'repair' };
    expect(repairTraits({ age: 'old' }, [convert, remove], refuseTexts)).toEqual({
      ...{ traits: {}, faults: [] },
      ...{ changed: [1], failed: [0] },
    });
    expect(repairTraits({ age: '41' }, [convert, remove], refuseTexts)).toMatchObject({
      ...{ traits: { age: 41 }, faults: [] },
      ...{ changed: [0], failed: [] },
    });
  });

  test('never reach the prototype', () => {
    expect(isTraitPointer('/traits/__proto__/polluted')).toBe(false);
    expect(isTraitPointer('/traits')).toBe(false);
    expect(isTraitPointer('/traits/a~2')).toBe(false);
    expect(isTraitPointer('/traits/a~1b')).toBe(true);
  });
});

describe('a conversion', () => {
  const value = (outcome: Outcome) => ('value' in outcome ? outcome.value : outcome);
  const fault = expect.objectContaining({ fault: expect.any(String) });

  test.each<[Conversion, unknown, unknown]>([
    ['number', ' 1.5 ', 1.5],
    ['number', '-2e3', -2000],
    ['number', '1,5', fault],
    ['number', '', fault],
    ['number', '0x10', fault],
    ['number', 'Infinity', fault],
    ['number', true, fault],
    ['integer', '42', 42],
    ['integer', '4.2', fault],
    ['integer', '9007199254740993', fault],
    ['boolean', 'Yes', true],
    ['boolean', '0', false],
    ['boolean', 1, true],
    ['boolean', 'perhaps', fault],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2024-02-29T23:00:00+02:00', '2024-02-29'],
    ['date', '3.12.1985', '1985-12-03'],
    ['date', '2023-02-29', fault],
    ['date', '12/31/2024', fault],
    ['date', 20240229, fault],
    ['text', 12.5, '12.5'],
    ['text', false, 'false'],
    ['text', ['a'], fault],
    ['list', 'a', ['a']],
    ['list', ['a'], ['a']],
    ['first', ['a', 'b'], 'a'],
    ['first', [], undefined],
    ['first', 'a', 'a'],
    ['joined', ['a', 2, true], 'a, 2, true'],
    ['joined', [], undefined],
    ['joined', [{}], fault],
    ['integer', null, null],
  ])('to %s of %j is %j', (to, from, expected) => {
    expect(value(convert(from as never, to))).toEqual(expected);
  });

  test('joins with the separator', () => {
    expect(convert(['a', 'b'], 'joined', '; ')).toEqual({ value: 'a; b' });
  });

  test('is stable: a value that has been converted stays', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), conversion, (json, to) => {
        const once = convert(JSON.parse(JSON.stringify(json)), to);
        if (!('value' in once) || once.value === undefined || to === 'first') return;
        expect(convert(once.value, to)).toEqual(once);
      }),
    );
  });
});
