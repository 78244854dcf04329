import { describe, expect, test } from 'vitest';
import { PRESETS } from '@/lib/api-credential/model';
import {
  type AccessTokenClaims,
  claimFault,
  effectiveScopes,
  generationOf,
  isAllowedScope,
  kidOf,
  SCOPES,
} from './model';

describe('scopes', () => {
  test('full access is every scope but openid, which names none', () => {
    expect(PRESETS.full).toEqual(SCOPES.filter((scope) => scope !== 'openid'));
  });

  test('read only is every scope that reads', () => {
    expect(PRESETS.read).toEqual(SCOPES.filter((scope) => scope.endsWith(':read')));
  });

  test('everybody may ask for openid, nobody for a scope that is not there', () => {
    expect(isAllowedScope('openid', PRESETS.read)).toBe(true);
    expect(isAllowedScope('identities:write', PRESETS.read)).toBe(false);
    expect(isAllowedScope('identities:*', PRESETS.full)).toBe(false);
    expect(isAllowedScope('', PRESETS.full)).toBe(false);
  });
});

describe('effectiveScopes', () => {
  test.each([
    ['openid', 'full', PRESETS.full],
    ['openid', 'read', PRESETS.read],
    ['openid identities:read', 'full', ['identities:read']],
    ['identities:write', 'full', ['identities:write']],
    ['identities:write', 'read', []],
    ['openid identities:write', 'read', []],
    ['identities:read identities:write', 'read', ['identities:read']],
    ['', 'full', []],
    ['unheard:of', 'full', []],
    ['openid unheard:of', 'full', []],
  ] as const)('a token with "%s" of a %s credential', (carried, preset, expected) => {
    expect([...effectiveScopes(carried.split(' '), PRESETS[preset])]).toEqual([...expected]);
  });
});

describe('kid', () => {
  test('names the project and counts its keys', () => {
    const kid = kidOf('0192d3b0-1111-7222-8333-444455556666', 12);
    expect(generationOf(kid)).toBe(12);
    expect(kid).toContain('0192d3b0-1111-7222-8333-444455556666');
  });
});

describe('claimFault', () => {
  const expected = { issuer: 'https://id.example.com', audience: 'https://id.example.com/admin' };
  const good: AccessTokenClaims = {
    iss: expected.issuer,
    sub: 'sc_1',
    aud: ['https://other.example.com', expected.audience],
    exp: 4600,
    iat: 1000,
    nbf: 1000,
    jti: 'j',
    client_id: 'sc_1',
    scope: 'openid',
  };

  test('a good token has none, from its first to its last moment', () => {
    expect(claimFault(good, expected, 1_000_000)).toBeNull();
    expect(claimFault(good, expected, 4_599_999)).toBeNull();
  });

  test.each<[string, Partial<AccessTokenClaims>]>([
    ['issuer', { iss: 'https://id.example.com/' }],
    ['issuer', { iss: 'http://id.example.com' }],
    ['audience', { aud: [] }],
    ['audience', { aud: ['https://id.example.com/admin/'] }],
    ['audience', { aud: ['https://id.example.com'] }],
    ['subject', { sub: 'sc_2' }],
  ])('%s: %o alone is a fault', (fault, changed) => {
    expect(claimFault({ ...good, ...changed }, expected, 2_000_000)).toBe(fault);
  });

  test('without leeway', () => {
    expect(claimFault(good, expected, 4_600_000)).toBe('expired');
    expect(claimFault(good, expected, 999_999)).toBe('not yet valid');
  });
});
