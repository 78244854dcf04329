import { describe, expect, test, vi } from 'vitest';
import type { Json } from '@/lib/platform/json';
import { applyIdentityPatch, identityPatchBody } from './json-patch';
import type { Identity } from './model';

const identity = {
  traits: { email: 'a@example.com', name: { first: 'Ada' } },
  state: 'active',
  schemaId: 'default',
  metadataPublic: null,
  metadataAdmin: { list: [1, 2] },
  externalId: null,
  verifiableAddresses: [{ value: 'a@example.com', verified: false }],
} as unknown as Identity;

const patch = (...operations: Json[]) => applyIdentityPatch(identity, identityPatchBody.parse(operations));
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : 'refused by the contract';
  }
  return null;
};

describe('operations', () => {
  test('applies add, replace, remove, move, copy and test', () => {
    const after = patch(
      { op: 'test', path: '/traits/name/first', value: 'Ada' },
      { op: 'add', path: '/traits/name/last', value: 'Byron' },
      { op: 'replace', path: '/traits/name/first', value: 'Augusta' },
      { op: 'copy', from: '/metadata_admin/list', path: '/metadata_public' },
      { op: 'move', from: '/metadata_admin/list/0', path: '/metadata_admin/first' },
      { op: 'add', path: '/metadata_admin/list/-', value: 3 },
      { op: 'replace', path: '/verifiable_addresses/0/verified', value: true },
      { op: 'replace', path: '/external_id', value: 'x-1' },
    );
    expect(after).toEqual({
      traits: { email: 'a@example.com', name: { first: 'Augusta', last: 'Byron' } },
      state: 'active',
      schemaId: 'default',
      metadataPublic: [1, 2],
      metadataAdmin: { list: [2, 3], first: 1 },
      externalId: 'x-1',
      verified: { 'a@example.com': true },
    });
    expect(identity.traits).toEqual({ email: 'a@example.com', name: { first: 'Ada' } });
  });

  test('remove clears metadata and external ID', () => {
    expect(patch({ op: 'remove', path: '/metadata_admin' }, { op: 'remove', path: '/external_id' })).toMatchObject({
      metadataAdmin: null,
      externalId: null,
    });
  });
});

test("treats JavaScript's special names as ordinary keys", () => {
  const after = patch(
    { op: 'add', path: '/metadata_admin/constructor', value: { k: 1 } },
    { op: 'add', path: '/metadata_admin/constructor/prototype', value: 5 },
    { op: 'test', path: '/metadata_admin/constructor/prototype', value: 5 },
  );
  expect(after.metadataAdmin).toEqual({ list: [1, 2], constructor: { k: 1, prototype: 5 } });
  expect(Object.prototype.toString.name).toBe('toString');
});

describe('refusals', () => {
  test.each<[string, Json]>([
    ['a failed test', { op: 'test', path: '/state', value: 'inactive' }],
    ['a test of a missing value', { op: 'test', path: '/traits/none/deeper', value: 1 }],
  ])('reports %s as a failed test', (_, operation) => {
    expect(codeOf(() => patch(operation))).toBe('patch_test_failed');
  });

  test.each<[string, Json]>([
    ['a missing target', { op: 'replace', path: '/traits/name/last', value: 'x' }],
    ['a missing parent', { op: 'add', path: '/metadata_public/a', value: 1 }],
    ['a string as parent', { op: 'add', path: '/traits/email/x', value: 1 }],
    ['an index beyond the array', { op: 'add', path: '/metadata_admin/list/9', value: 1 }],
    ['a missing address', { op: 'replace', path: '/verifiable_addresses/7/verified', value: true }],
    ['an unknown state', { op: 'replace', path: '/state', value: 'asleep' }],
    ['no state', { op: 'remove', path: '/state' }],
    ['a number as flag', { op: 'replace', path: '/verifiable_addresses/0/verified', value: 1 }],
    ['the length of an array', { op: 'replace', path: '/metadata_admin/list/length', value: 20_000_000 }],
    ['the removed length', { op: 'remove', path: '/metadata_admin/list/length' }],
    ['a moved length', { op: 'move', from: '/metadata_admin/list/length', path: '/metadata_admin/n' }],
    ['an index with a leading zero', { op: 'replace', path: '/metadata_admin/list/00', value: 1 }],
    ['an index in scientific notation', { op: 'replace', path: '/metadata_admin/list/1e0', value: 1 }],
    ['the end of an array to be replaced', { op: 'replace', path: '/metadata_admin/list/-', value: 1 }],
    ['a character of a string', { op: 'copy', from: '/traits/email/0', path: '/metadata_public' }],
    ['an inherited function', { op: 'move', from: '/metadata_admin/toString/name', path: '/metadata_admin/n' }],
    ['an inherited method', { op: 'copy', from: '/metadata_admin/list/map', path: '/metadata_public' }],
    ['inherited names', { op: 'add', path: '/traits/constructor/prototype/x', value: 1 }],
  ])('reports %s as invalid', (_, operation) => {
    expect(codeOf(() => patch(operation))).toBe('invalid_input');
  });

  test.each<[string, Json]>([
    ['/id', { op: 'replace', path: '/id', value: 'x' }],
    ['/credentials', { op: 'add', path: '/credentials', value: {} }],
    ['the whole document', { op: 'replace', path: '', value: {} }],
    ['a name with an allowed prefix', { op: 'add', path: '/traitsx', value: 1 }],
    ['/state_changed_at', { op: 'replace', path: '/state_changed_at', value: 'x' }],
    ['an address’s value', { op: 'replace', path: '/verifiable_addresses/0/value', value: 'x' }],
    ['a forbidden `from`', { op: 'copy', from: '/credentials', path: '/metadata_public' }],
    ['__proto__', { op: 'add', path: '/traits/__proto__/x', value: 1 }],
    ['a move into itself', { op: 'move', from: '/traits', path: '/traits/name' }],
    ['no value', { op: 'add', path: '/traits/x' }],
    ['an unknown operation', { op: 'merge', path: '/traits', value: {} }],
  ])('refuses %s', (_, operation) => {
    expect(codeOf(() => patch(operation))).toBe('refused by the contract');
  });
});

describe('bounds the result of a patch', () => {
  const times = (count: number, operation: (at: number) => Json) =>
    Array.from({ length: count }, (_, at) => operation(at));
  const nested = (levels: number): Json => (levels === 0 ? 1 : [nested(levels - 1)]);
  const kilobytes = (count: number) => 'x'.repeat(count * 1024);

  test('refuses exponential growth through copies of copies', () => {
    const double = { op: 'copy', from: '/metadata_admin', path: '/metadata_admin/list/-' };
    expect(codeOf(() => patch(...times(100, () => double)))).toBe('invalid_input');
  });

  test('limits copied bytes even when the result is small', () => {
    const stringify = vi.spyOn(JSON, 'stringify');
    const copyAway: Json[] = [
      { op: 'copy', from: '/metadata_admin', path: '/metadata_public' },
      { op: 'remove', path: '/metadata_public' },
    ];
    const large = { op: 'replace', path: '/metadata_admin', value: kilobytes(100) };
    expect(codeOf(() => patch(large, ...times(249, () => copyAway).flat()))).toBe('invalid_input');
    expect(stringify.mock.calls.length).toBeLessThan(20);
    expect(codeOf(() => patch(large, ...copyAway, ...copyAway))).toBeNull();
  });

  test("measures the result's size in bytes, after the last operation", () => {
    const half = { op: 'add', path: '/metadata_public', value: kilobytes(600) };
    const other = { op: 'add', path: '/metadata_admin', value: kilobytes(600) };
    expect(codeOf(() => patch(half))).toBeNull();
    expect(codeOf(() => patch(half, other))).toBe('invalid_input');
    expect(codeOf(() => patch(half, other, { op: 'remove', path: '/metadata_public' }))).toBeNull();
    expect(codeOf(() => patch({ ...half, value: 'ż'.repeat(600 * 1024) }))).toBe('invalid_input');
  });

  test('lets an oversized value shrink or stay, but not grow', () => {
    const large = { ...identity, metadataPublic: kilobytes(1100) } as Identity;
    const on = (...operations: Json[]) => codeOf(() => applyIdentityPatch(large, identityPatchBody.parse(operations)));
    expect(on({ op: 'replace', path: '/state', value: 'active' })).toBeNull();
    expect(on({ op: 'replace', path: '/metadata_public', value: kilobytes(1050) })).toBeNull();
    expect(on({ op: 'add', path: '/traits/name/last', value: 'Byron' })).toBe('invalid_input');
  });

  test('limits the result to 64 levels including the document itself', () => {
    const at = (levels: number) => ({ op: 'add', path: '/metadata_public', value: nested(levels) });
    expect(codeOf(() => patch(at(63)))).toBeNull();
    expect(codeOf(() => patch(at(64)))).toBe('invalid_input');
    expect(codeOf(() => patch(at(63), { op: 'move', from: '/metadata_public', path: '/metadata_admin/list/0' }))).toBe(
      'invalid_input',
    );
  });

  test('refuses extreme nesting without a stack overflow', () => {
    const chain = JSON.parse('{"a":'.repeat(60) + '{}'.padEnd(62, '}'));
    const wrap: Json[] = [
      { op: 'add', path: '/metadata_admin/w', value: chain },
      { op: 'move', from: '/metadata_public', path: `/metadata_admin/w${'/a'.repeat(60)}/in` },
      { op: 'move', from: '/metadata_admin/w', path: '/metadata_public' },
    ];
    const start = { op: 'add', path: '/metadata_public', value: {} };
    const copy = { op: 'copy', from: '/metadata_public', path: '/external_id' };
    expect(codeOf(() => patch(start, ...times(160, () => wrap).flat()))).toBe('invalid_input');
    expect(codeOf(() => patch(start, ...times(160, () => wrap).flat(), copy))).toBe('invalid_input');
  });
});
