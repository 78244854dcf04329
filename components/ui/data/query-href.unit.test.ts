import { expect, test } from 'vitest';
import { queryHref } from './query-href';

test('omits empty fields and trims values', () => {
  const fields: Array<[string, string]> = [
    ['q', ' ada & co '],
    ['state', ''],
    ['schema', 'a'],
    ['schema', 'b'],
  ];
  expect(queryHref('/people', fields)).toBe('/people?q=ada+%26+co&schema=a&schema=b');
});

test('omits the query if every field is empty', () => {
  expect(queryHref('/people', [['q', '  ']])).toBe('/people');
});

test('keeps the parameters of the action unless a field replaces them', () => {
  expect(queryHref('/people?sort=name&q=old', [['q', 'new']])).toBe('/people?sort=name&q=new');
  expect(queryHref('/people?sort=name&q=old', [['q', '']])).toBe('/people?sort=name');
});
