import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { BEARER, curl, data, expanded, header, json, quoted } from './curl';

/** The arguments that a shell passes to curl. */
function argumentsOf(command: string, env: Record<string, string> = {}): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const output = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: { ...process.env, ...env } });
  return output.split('\0').slice(0, -1);
}

const HOSTILE = `O'Neil '; echo hi; ' "$HOME" \`id\` $(id) \\ \n* ~ & | <img src=x> 王`;

test('quoted preserves any text', () => {
  const command = curl({
    method: 'POST',
    url: quoted(HOSTILE),
    options: [header('X-Name', HOSTILE), data(HOSTILE), json({ name: HOSTILE })],
  });
  const words = argumentsOf(command);
  expect(words.slice(0, -1)).toEqual(['-X', 'POST', HOSTILE, '-H', `X-Name: ${HOSTILE}`, '-d', HOSTILE, '-d']);
  expect(JSON.parse(words.at(-1) ?? '')).toEqual({ name: HOSTILE });
});

test('expanded expands shell variables within one word', () => {
  const command = curl({ method: 'GET', url: expanded('https://id.example.com/$ID'), options: [BEARER] });
  expect(argumentsOf(command, { ID: 'a b', ACCESS_TOKEN: 'to ken' })).toEqual([
    '-X',
    'GET',
    'https://id.example.com/a b',
    '-H',
    'Authorization: Bearer to ken',
  ]);
});
