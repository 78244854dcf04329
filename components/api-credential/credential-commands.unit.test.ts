import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { AUTH_METHODS, PRESETS } from '@/lib/api-credential/model';
import { newClientId, newClientSecret } from '@/lib/platform/client-secret';
import {
  IDENTITY_CALLS,
  identityCommand,
  keepTokenCommand,
  type TokenRequest,
  tokenCommand,
} from './credential-commands';

/** The arguments a real shell passes to curl. */
function wordsOf(command: string, environment: Record<string, string> = {}): string[] {
  const curl = `curl() { printf '%s\\0' "$@"; }`;
  const env = { ...process.env, ...environment };
  const output = execFileSync('bash', ['--norc', '-ec', `${curl}\n${command}`], { encoding: 'utf8', env });
  return output.split('\0').slice(0, -1);
}
const headersIn = (words: string[]) => words.filter((_, at) => words[at - 1] === '-H');
const dataIn = (words: string[]) => words.filter((_, at) => words[at - 1] === '-d');

const clientId = newClientId('api-credential');
const clientSecret = newClientSecret();
const request: TokenRequest = {
  clientId,
  authMethod: 'client_secret_basic',
  scopes: PRESETS.full,
  tokenEndpoint: 'https://id.example.com/oauth2/token',
  audience: 'https://id.example.com/admin',
};
const post: TokenRequest = { ...request, authMethod: 'client_secret_post' };
const fields = ['grant_type=client_credentials', 'scope=openid', 'audience=https://id.example.com/admin'];

describe('the token command', () => {
  test.each([
    ['from the shell', tokenCommand(request), { CLIENT_SECRET: clientSecret }],
    ['filled in', tokenCommand(request, clientSecret), {}],
  ])('authenticates by Basic with the secret %s', (_, command, environment) => {
    const words = wordsOf(command, environment);
    const pair = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    expect(words.slice(0, 3)).toEqual(['-X', 'POST', request.tokenEndpoint]);
    expect(headersIn(words)).toContain(`Authorization: Basic ${pair}`);
    expect(dataIn(words)).toEqual(fields);
  });

  test.each([
    ['from the shell', tokenCommand(post), { CLIENT_SECRET: clientSecret }],
    ['filled in', tokenCommand(post, clientSecret), {}],
  ])('authenticates by post with the secret %s', (_, command, environment) => {
    const words = wordsOf(command, environment);
    expect(headersIn(words).join()).not.toContain('Authorization');
    expect(dataIn(words)).toEqual([`client_id=${clientId}`, `client_secret=${clientSecret}`, ...fields]);
  });

  test.each(AUTH_METHODS)('stores the token of the response: %s', (authMethod) => {
    const answer = `curl() { echo '{"expires_in":3599,"access_token": "a.b-c_d","scope":"openid"}'; }`;
    const command = `${answer}\n${keepTokenCommand({ ...request, authMethod })}\nprintf '%s\\0' "$ACCESS_TOKEN"`;
    expect(wordsOf(command, { CLIENT_SECRET: clientSecret })).toEqual(['a.b-c_d']);
  });

  test('requests openid for a preset and the scopes of a custom list by name', () => {
    const scopeOf = (scopes: TokenRequest['scopes']) => {
      const [, scope = ''] = dataIn(wordsOf(tokenCommand({ ...request, scopes }, 'x')));
      return new URLSearchParams(scope).get('scope');
    };
    expect(scopeOf(PRESETS.read)).toBe('openid');
    expect(scopeOf(['identities:read', 'audit:read'])).toBe('identities:read audit:read');
  });

  test('quotes any URL for the shell', () => {
    const audience = `https://id.example.com/'; echo hi; '$(id)`;
    expect(dataIn(wordsOf(tokenCommand({ ...post, audience }, 'x')))).toContain(`audience=${audience}`);
  });
});

describe('the identity calls', () => {
  const environment = { ACCESS_TOKEN: 'a.b.c', IDENTITY_ID: 'some-id' };
  const words = (call: (typeof IDENTITY_CALLS)[number]) =>
    wordsOf(identityCommand('http://acme.localhost:3000', call), environment);

  test.each(IDENTITY_CALLS)('%s sends the token from the shell', (call) => {
    expect(headersIn(words(call))).toContain('Authorization: Bearer a.b.c');
  });

  test.each([
    ['get', ['-X', 'GET', 'http://acme.localhost:3000/admin/identities/some-id']],
    ['list', ['-X', 'GET', 'http://acme.localhost:3000/admin/identities?per_page=100&page=0']],
    ['create', ['-X', 'POST', 'http://acme.localhost:3000/admin/identities']],
    ['update', ['-X', 'PUT', 'http://acme.localhost:3000/admin/identities/some-id']],
    ['delete', ['-X', 'DELETE', 'http://acme.localhost:3000/admin/identities/some-id']],
  ] as const)('%s uses its method and URL', (call, expected) => {
    expect(words(call).slice(0, 3)).toEqual(expected);
  });

  test.each(['create', 'update'] as const)('%s sends JSON', (call) => {
    const [body = ''] = dataIn(words(call));
    expect(JSON.parse(body)).toMatchObject({ schema_id: 'default', traits: { email: 'john.doe@example.com' } });
  });
});
