import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/platform/json';
import { type Conversion, convert, type Outcome } from './convert';
import { isTraitPointer, type Repair, repairTraits } from './repair';

const repair = (traits: JsonObject, ...repairs: Repair[]) => repairTraits(traits, repairs).traits;
const faultsOf = (traits: JsonObject, ...repairs: Repair[]) =>
  repairTraits(traits, repairs).faults.map(({ pointer, message }) => [pointer, message]);

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
  fc.record({ op: fc.constant('remove' as const), pointer }),
  fc.record({ op: fc.constant('convert' as const), pointer, to: conversion }),
  fc.record({ op: fc.constant('leave' as const), pointer }),
);

describe('repairs', () => {
  test('never change what they are given, and say what they changed', () => {
    fc.assert(
      fc.property(traits, fc.array(anyRepair, { maxLength: 4 }), (before, repairs) => {
        const text = JSON.stringify(before);
        const { traits: after, changed } = repairTraits(before, repairs);
        expect(JSON.stringify(before)).toBe(text);
        expect(JSON.parse(JSON.stringify(after))).toEqual(after);
        if (changed.length === 0) expect(after).toEqual(before);
      }),
    );
  });

  test('leave what they do not name as it is', () => {
    fc.assert(
      fc.property(traits, anyRepair, (before, one) => {
        const places = [one.pointer, one.op === 'move' ? one.from : one.pointer].map((text) => text.split('/')[2]);
        const after = repair(before, one);
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
        const { traits: after, faults, changed } = repairTraits(before, [one]);
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
    expect(repair({ n: [{ x: 1, y: 2 }] }, { op: 'remove', pointer: '/traits/n/*/x' })).toEqual({ n: [{ y: 2 }] });
    expect(faultsOf({ n: ['1', 'two', 'x'] }, { op: 'convert', pointer: '/traits/n/*', to: 'integer' })).toEqual([
      ['/traits/n/*', 'cannot be converted to an integer'],
    ]);
  });

  test('apply in their order', () => {
    const remove: Repair = { op: 'remove', pointer: '/traits/role' };
    const set: Repair = { op: 'default', pointer: '/traits/role', value: 'user' };
    expect(repair({ role: 'x' }, remove, set)).toEqual({ role: 'user' });
    expect(repair({ role: 'x' }, set, remove)).toEqual({});
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
