import { expect, test } from 'vitest';
import { etagMatches } from './entity-tag';

test.each<[list: string, strongly: boolean, weakly: boolean]>([
  ['"3"', true, true],
  ['*', true, true],
  [' * ', true, true],
  ['"1", "3"', true, true],
  ['"1","3" , "4"', true, true],
  ['W/"3"', false, true],
  ['"1", W/"3"', false, true],
  ['W/"3", "3"', true, true],
  ['"1"', false, false],
  ['3', false, false],
  ['', false, false],
  ['"3', false, false],
  ['"33"', false, false],
  ['"a,b", "3"', true, true],
  ['"1, *"', false, false],
])('%s', (list, strongly, weakly) => {
  expect(etagMatches('"3"', list, { weakly: false })).toBe(strongly);
  expect(etagMatches('"3"', list, { weakly: true })).toBe(weakly);
});
