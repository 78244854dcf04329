import { expect, test } from 'vitest';
import { queryHref } from './query-href';

test('empty fields and the blanks around a text stay out of the address', () => {
  const fields: Array<[string, string]> = [
    ['q', ' ada & co '],
    ['state', ''],
    ['schema', 'a'],
    ['schema', 'b'],
  ];
  expect(queryHref('/people', fields)).toBe('/people?q=ada+%26+co&schema=a&schema=b');
});

test('nothing filled in leads to the bare list', () => {
  expect(queryHref('/people', [['q', '  ']])).toBe('/people');
});

test('what the action asks for already stays, unless a field says otherwise', () => {
  expect(queryHref('/people?sort=name&q=old', [['q', 'new']])).toBe('/people?sort=name&q=new');
  expect(queryHref('/people?sort=name&q=old', [['q', '']])).toBe('/people?sort=name');
});
