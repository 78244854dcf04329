import { expect, test } from 'vitest';
import { toEdits } from './traits-form';

test('parses pasted JSON that starts with a byte order mark', () => {
  const field = { pointer: '/traits/tags', type: 'json' as const };
  const [edit] = toEdits([field], { mine: { [field.pointer]: '\uFEFF["a"]\r\n' }, base: { [field.pointer]: '' } });
  expect(edit?.mine).toEqual(['a']);
});
