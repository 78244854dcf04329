import { describe, expect, test } from 'vitest';
import { PRESETS } from '@/lib/api-credential/model';
import {
  type AccessTokenClaims,
  accessTokenKeys,
  claimFault,
  effectiveScopes,
  generationOf,
  idTokenKeys,
  isAllowedScope,
  kidOf,
  SCOPES,
} from './model';

describe('scopes', () => {
  const presettable = SCOPES.filter((scope) => scope !== 'openid' && !/^(applications|groups|webhooks):/.test(scope));

  test('the full preset contains every scope except those that send data elsewhere', () => {
    expect(PRESETS.full).toEqual(presettable);
  });

  test('the read preset contains every read scope of the full one', () => {
    expect(PRESETS.read).toEqual(presettable.filter((scope) => scope.endsWith(':read')));
  });

  test('openid is always allowed, unknown scopes never', () => {
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
  ] as const)('resolves "%s" for a credential with the preset %s', (carried, preset, expected) => {
    expect([...effectiveScopes(carried.split(' '), PRESETS[preset])]).toEqual([...expected]);
  });
});

describe('kid', () => {
  test('contains the project ID and the generation', () => {
    const kid = kidOf(accessTokenKeys('0192d3b0-1111-7222-8333-444455556666'), 12);
    expect(generationOf(kid)).toBe(12);
    expect(kid).toBe('0192d3b0-1111-7222-8333-444455556666-12');
  });

  test('names the series of ID tokens', () => {
    const kid = kidOf(idTokenKeys('0192d3b0-1111-7222-8333-444455556666'), 3);
    expect(generationOf(kid)).toBe(3);
    expect(kid).toBe('0192d3b0-1111-7222-8333-444455556666-id-3');
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

  test('is null for a valid token from nbf until just before exp', () => {
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
  ])('is %s for %o', (fault, changed) => {
    expect(claimFault({ ...good, ...changed }, expected, 2_000_000)).toBe(fault);
  });

  test('allows no clock leeway', () => {
    expect(claimFault(good, expected, 4_600_000)).toBe('expired');
    expect(claimFault(good, expected, 999_999)).toBe('not yet valid');
  });
});
