import { expect, test } from 'vitest';
import { learnedRows } from './learned-rows';

test('says in words what an application learns, and the name once', () => {
  const claims = Object.entries({
    ...{ name: 'Ada Lovelace', given_name: 'Ada', family_name: 'Lovelace', email: 'ada@example.com' },
    ...{ email_verified: true, groups: ['admins', 'staff'], updated_at: 1_769_855_400, locale: null, badge: 7 },
  }).map(([claim, value]) => ({ claim, value }));
  expect(learnedRows(claims, 'en')).toEqual([
    { term: 'Name', value: 'Ada Lovelace' },
    { term: 'Email address', value: 'ada@example.com (verified)' },
    { term: 'Groups', value: 'admins, staff' },
    { term: 'Last change of your details', value: '31 January 2026' },
    { term: 'badge', value: '7' },
  ]);
});

test('names the parts of a name that has no whole', () => {
  expect(learnedRows([{ claim: 'given_name', value: 'Ada' }], 'de')).toEqual([{ term: 'Vorname', value: 'Ada' }]);
});
