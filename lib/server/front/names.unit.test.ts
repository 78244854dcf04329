import { expect, test } from 'vitest';
import { isForOAuthClients, isForPrograms, toInnerPath } from './names';

test.each([
  ['/admin/identities', '/api/admin/identities'],
  ['/api/admin/identities', '/api/admin/identities'],
  ['/admin', '/api/admin'],
  ['/administration', '/administration'],
  ['/ADMIN/identities', '/ADMIN/identities'],
  ['/.well-known/jwks.json', '/api/well-known/jwks.json'],
  ['/api/.well-known/jwks.json', '/api/well-known/jwks.json'],
  ['/openapi.json', '/api/openapi.json'],
  ['/api/auth/session', '/api/auth/session'],
  ['/profile', '/profile'],
])('maps %s to %s', (path, inner) => {
  expect(toInnerPath(path)).toBe(inner);
});

test.each([
  ['/admin/nothing', true],
  ['/oauth2/token', true],
  ['/api/anything', true],
  ['/schemas', true],
  ['/metrics', true],
  ['/health/ready', true],
  ['/.well-known/nothing', true],
  ['/schemasX', false],
  ['/openapiXjson', false],
  ['/apis', false],
  ['/', false],
  ['/profile', false],
  ['/branding/logo/x', false],
])('%s is for programs: %s', (path, isIt) => {
  expect(isForPrograms(path)).toBe(isIt);
});

test('only the OAuth endpoints themselves respond with OAuth errors', () => {
  const paths = ['/oauth2/token', '/api/oauth2/revoke', '/oauth2/token/', '/oauth2/nothing', '/admin/identities'];
  expect(paths.filter(isForOAuthClients)).toEqual(['/oauth2/token', '/api/oauth2/revoke']);
});
