import { describe, expect, test } from 'vitest';
import { signet } from '@/testing/command-line';

/** Earlier names, which work for one more release. */
const RENAMED: Array<[noun: string, before: string, now: string]> = [
  ['api-credential', 'secrets', 'list-secrets'],
  ['api-credential', 'end-secret', 'revoke-secret'],
  ['operator', 'role', 'set-role'],
  ['operator', 'remove-passkeys', 'delete-passkeys'],
  ['operator', 'console-passkey', 'require-passkey'],
  ['project', 'retention', 'set-retention'],
  ['domain', 'check', 'verify'],
  ['signing-key', 'algorithm', 'set-algorithm'],
];

describe('renamed commands', () => {
  test.each(RENAMED)('%s %s is an alias of %s', async (noun, before, now) => {
    const [old, current] = [await signet(noun, before, '--help'), await signet(noun, now, '--help')];
    expect(old).toEqual(current);
    expect(current).toMatchObject({ code: 0, err: '' });
    expect(current.out).toContain(`Usage: signet ${noun} ${now} [options]`);
    expect((await signet(noun, '--help')).out).not.toMatch(new RegExp(`^ {2}${before} |[|]${before} `, 'm'));
  });

  test('keys is an alias of signing-key', async () => {
    expect(await signet('keys', 'list')).toEqual(await signet('signing-key', 'list'));
    expect((await signet('--help')).out).not.toMatch(/^ {2}keys |[|]keys /m);
  });
});

test.each([
  ['identity', 'list', '--query', '--q <'],
  ['domain', 'review', '--approve-all', '--keep'],
])('the help of %s %s lists %s, not %s', async (noun, verb, now, before) => {
  const { out } = await signet(noun, verb, '--help');
  expect(out).toContain(now);
  expect(out).not.toContain(before);
});

test('identity list --q searches like --query', async () => {
  const [first, second] = ['Hopper', 'Ritchie'];
  for (const last of [first, second])
    await signet('identity', 'create', '--email', `${last}@help.example`, '--last', last);
  const found = await signet('identity', 'list', '--query', 'hopper@help');
  expect(found.out).toContain(first);
  expect(found.out).not.toContain(second);
  expect(await signet('identity', 'list', '--q', 'hopper@help')).toEqual(found);
});
