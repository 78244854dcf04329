import { describe, expect, test } from 'vitest';
import data from '@/lib/credential/aaguids.json';
import { kindOfName, merge } from './aaguids.mjs';

const APPLE = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd';
const NEW = 'a0000000-0000-4000-8000-00000000000a';
const named = (merged: typeof data, id: string) =>
  merged.groups.flatMap(({ kind, names }) =>
    Object.entries(names).flatMap(([key, name]) => (key === id ? [{ kind, name }] : [])),
  );

describe('a newer list', () => {
  test('renames known providers, which keep their kind, and adds each new one once', () => {
    const list = { [APPLE]: { name: 'Passwords', icon_light: 'data:x' }, [NEW.toUpperCase()]: { name: 'New ' } };
    const merged = merge(merge(data, list), list);
    expect(named(merged, APPLE)).toEqual([{ kind: 'password-manager', name: 'Passwords' }]);
    expect(named(merged, NEW)).toEqual([{ kind: 'password-manager', name: 'New' }]);
    expect(JSON.stringify(merged)).not.toContain('data:x');
  });

  test('changes nothing when it is the same', () => {
    const [{ name } = { name: '' }] = named(data, APPLE);
    expect(merge(data, { [APPLE]: { name } })).toEqual(data);
  });

  test.each([
    ['is empty, because it was retired', {}],
    ['has an invalid AAGUID', { x: { name: 'X' } }],
    ['has no name', { [NEW]: {} }],
    ['has a name that reorders the text', { [NEW]: { name: 'a\u202eb' } }],
    ['has too long a name', { [NEW]: { name: 'x'.repeat(65) } }],
  ])('is refused when it %s', (_, list) => {
    expect(() => merge(data, list)).toThrow();
  });
});

test('derives the icon from the name', () => {
  expect(['Chrome on Mac', 'Windows Hello', 'Thales Bio iOS SDK', 'Enpass'].map(kindOfName)).toEqual([
    'platform',
    'platform',
    'phone',
    'password-manager',
  ]);
});

test('no AAGUID has two names, and each group names a source', () => {
  const ids = data.groups.flatMap(({ names }) => Object.keys(names));
  expect(new Set(ids).size).toBe(ids.length);
  expect(data.groups.filter(({ source }) => !Object.hasOwn(data.sources, source))).toEqual([]);
});
