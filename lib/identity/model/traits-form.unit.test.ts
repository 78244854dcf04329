import { describe, expect, test } from 'vitest';
import { fieldText, readTraitsForm, toEdits, toJson } from './traits-form';

test('parses pasted JSON that starts with a byte order mark', () => {
  const field = { pointer: '/traits/tags', type: 'json' as const };
  const [edit] = toEdits([field], { mine: { [field.pointer]: '\uFEFF["a"]\r\n' }, base: { [field.pointer]: '' } });
  expect(edit?.mine).toEqual(['a']);
});

describe('a list', () => {
  const numbers = { pointer: '/traits/sizes', type: 'integer', isList: true } as const;
  const edit = (mine: string, base = '') =>
    toEdits([numbers], { mine: { [numbers.pointer]: mine }, base: { [numbers.pointer]: base } })[0];

  test('has one item per line; empty lines count for nothing', () => {
    expect(edit(' 1 \n\n2\n')?.mine).toEqual([1, 2]);
    expect(edit('', '1')).toMatchObject({ base: [1], mine: null });
    expect(edit('1\ntwo')?.mine).toEqual([1, 'two']);
  });

  test('keeps its items as text and back', () => {
    expect(toJson(numbers, fieldText(numbers, [3, 1, 2]))).toEqual([3, 1, 2]);
    expect(fieldText(numbers, undefined)).toBe('');
  });

  test('is posted by checkboxes, after an empty value, or by a text with line breaks of HTTP', () => {
    const { mine } = readTraitsForm({ 'value:/a': ['', 'x', 'y'], 'value:/b': '', 'value:/c': 'x\r\ny' });
    expect(mine).toEqual({ '/a': 'x\ny', '/b': '', '/c': 'x\ny' });
  });
});
