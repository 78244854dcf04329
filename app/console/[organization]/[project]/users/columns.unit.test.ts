import { expect, test } from 'vitest';
import { COLUMNS, readColumns, writeColumns } from './columns';

test('shows the usual columns until some are chosen', () => {
  const { columns, isChosen } = readColumns(undefined);
  expect(columns).toEqual(['email', 'state', 'signedIn', 'passkeys', 'created']);
  expect(isChosen).toBe(false);
});

test('reads what it writes, in the order of the table', () => {
  for (const chosen of [[], ['email'], [...COLUMNS]] as const)
    expect(readColumns(writeColumns(chosen))).toEqual({ columns: chosen, isChosen: true });
  expect(readColumns('created.email').columns).toEqual(['email', 'created']);
});

test('ignores what is no column', () => {
  expect(readColumns('email.__proto__.x').columns).toEqual(['email']);
});
