import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { adminCommand, toPatch } from './admin-command';

const ORIGIN = 'https://id.example.com';

/** The arguments a real shell passes to curl. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const env = { ...process.env, ACCESS_TOKEN: 'token' };
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env }).split('\0').slice(0, -1);
}

test('quotes any body for the shell', () => {
  const body = { name: `O'Neil "$HOME" \`id\` \\ \n<img src=x onerror=alert(1)> 王` };
  const argv = argumentsOf(adminCommand(ORIGIN, 'PATCH /admin/identities/{id}', { id: '1' }, body));
  expect(argv.slice(0, 3)).toEqual(['-X', 'PATCH', 'https://id.example.com/admin/identities/1']);
  expect(argv).toContain('Authorization: Bearer token');
  expect(argv).toContain('Content-Type: application/json');
  expect(JSON.parse(argv.at(-1) ?? '')).toEqual(body);
});

test('sends no body without one', () => {
  const argv = argumentsOf(adminCommand(ORIGIN, 'DELETE /admin/identities/{id}', { id: '1' }));
  expect(argv).not.toContain('-d');
  expect(argv).not.toContain('Content-Type: application/json');
});

test('encodes any parameter as one path segment', () => {
  const route = 'PATCH /admin/identities/{id}/credentials/passkey/{credentialId}';
  const argv = argumentsOf(adminCommand(ORIGIN, route, { id: '$&{id}', credentialId: "a/../b?'c" }, { name: 'x' }));
  const segments = new URL(argv[2] ?? '').pathname.split('/').map(decodeURIComponent);
  expect(segments).toEqual(['', 'admin', 'identities', '$&{id}', 'credentials', 'passkey', "a/../b?'c"]);
});

test('turns edits into operations that apply in order', () => {
  const identity = { traits: { email: 'a@example.com' }, metadata_public: null, external_id: 'x' };
  const edits = [
    { pointer: '/traits/name/first', base: null, mine: 'Ada' },
    { pointer: '/traits/name/last', base: null, mine: 'Lovelace' },
    { pointer: '/traits/email', base: 'a@example.com', mine: 'b@example.com' },
    { pointer: '/traits/nickname', base: null, mine: null },
    { pointer: '/external_id', base: 'x', mine: null },
    { pointer: '/metadata_public', base: null, mine: { a: 1 } },
  ];
  expect(toPatch(identity, edits)).toEqual([
    { op: 'add', path: '/traits/name', value: {} },
    { op: 'add', path: '/traits/name/first', value: 'Ada' },
    { op: 'add', path: '/traits/name/last', value: 'Lovelace' },
    { op: 'replace', path: '/traits/email', value: 'b@example.com' },
    { op: 'remove', path: '/external_id' },
    { op: 'replace', path: '/metadata_public', value: { a: 1 } },
  ]);
});
