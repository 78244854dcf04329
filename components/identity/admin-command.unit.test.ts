import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { adminCommand, toPatch } from './admin-command';

const ORIGIN = 'https://id.example.com';

/** What curl would be called with, by a real shell. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const env = { ...process.env, ACCESS_TOKEN: 'token' };
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env }).split('\0').slice(0, -1);
}

test('a call reaches curl as it is meant, whatever is in its body', () => {
  const body = { name: `O'Neil "$HOME" \`id\` \\ \n<img src=x onerror=alert(1)> 王` };
  const called = argumentsOf(adminCommand(ORIGIN, 'PATCH /admin/identities/{id}', { id: '1' }, body));
  expect(called.slice(0, 3)).toEqual(['-X', 'PATCH', 'https://id.example.com/admin/identities/1']);
  expect(called).toContain('Authorization: Bearer token');
  expect(called).toContain('Content-Type: application/json');
  expect(JSON.parse(called.at(-1) ?? '')).toEqual(body);
});

test('a call without a body sends none', () => {
  const called = argumentsOf(adminCommand(ORIGIN, 'DELETE /admin/identities/{id}', { id: '1' }));
  expect(called).not.toContain('-d');
  expect(called).not.toContain('Content-Type: application/json');
});

test('what stands for a parameter is one step of the path, whatever is in it', () => {
  const route = 'PATCH /admin/identities/{id}/credentials/passkey/{credentialId}';
  const called = argumentsOf(adminCommand(ORIGIN, route, { id: '$&{id}', credentialId: "a/../b?'c" }, { name: 'x' }));
  const steps = new URL(called[2] ?? '').pathname.split('/').map(decodeURIComponent);
  expect(steps).toEqual(['', 'admin', 'identities', '$&{id}', 'credentials', 'passkey', "a/../b?'c"]);
});

test('edits become operations that apply one after the other', () => {
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
