import { expect, test } from 'vitest';
import { json, signet } from '@/testing/command-line';

test('claim set, reset and list show the table, and preview what applications learn', async () => {
  const email = 'ada@example.com';
  await json('identity', 'create', '--email', email, '--first', 'Ada', '--last', 'Lovelace');
  await json('claim', 'set', 'nickname', '/traits/name/first');
  await json('claim', 'set', 'locale', 'none');
  const table = await json('claim', 'set', 'team', '/metadata_public/team', '--scope', 'groups');
  expect(table).toEqual(
    expect.arrayContaining([
      { claim: 'name', scope: 'profile', source: 'built in' },
      { claim: 'nickname', scope: 'profile', source: '/traits/name/first' },
      { claim: 'locale', scope: 'profile', source: null },
      { claim: 'team', scope: 'groups', source: '/metadata_public/team' },
    ]),
  );
  expect((await signet('claim', 'list')).out).toMatch(/^locale +profile +not shown$/m);
  expect(await json('claim', 'preview', email, '--scopes', 'openid email')).toEqual([
    { claim: 'email', scope: 'email', value: email },
    { claim: 'email_verified', scope: 'email', value: false },
  ]);
  expect((await signet('claim', 'preview', email)).out).toMatch(/^nickname +profile +"Ada"$/m);
  await json('claim', 'reset', 'nickname');
  expect((await json('claim', 'list')).map(({ claim }: { claim: string }) => claim)).not.toContain('nickname');
  const refused = await signet('claim', 'set', 'sub', '/external_id');
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot be mapped') });
  expect((await signet('claim', 'set', 'x', '/external_id', '--scope', 'admin')).code).toBe(2);
});
