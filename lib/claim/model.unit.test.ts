import { describe, expect, test } from 'vitest';
import type { Identity, VerifiableAddress } from '@/lib/identity/model';
import {
  type ClaimRule,
  type ClaimSubject,
  claimNameFault,
  claimsFrom,
  isClaimPointer,
  needsGroups,
  shownClaims,
} from './model';

const AT = new Date('2026-05-01T12:00:00.900Z');
const address = (value: string, verified: boolean): VerifiableAddress => ({
  ...{ id: value, value, via: 'email', verified, verifiedAt: verified ? AT : null },
  ...{ status: 'completed', createdAt: AT, updatedAt: AT },
});
const ada: Identity = {
  ...{ id: 'i', projectId: 'p', schemaId: 'default', schemaVersion: 1, state: 'active', stateChangedAt: AT },
  traits: { email: 'ada@example.com', name: { first: 'Ada', last: 'Lovelace' }, 'odd/key': { '~': 1 }, phone: null },
  metadataPublic: { team: ['math'], groups: ['legacy'] },
  metadataAdmin: { salary: 1 },
  externalId: 'E-1',
  ...{ userHandle: 'h', locale: 'de', revocationEpoch: 0, identifierPointer: null, version: 1, pictureId: 'pic' },
  ...{ signedInAt: null, deletionDueAt: null, createdAt: AT, updatedAt: AT },
  identifiers: ['ada@example.com'],
  verifiableAddresses: [address('ada@example.com', true)],
  ...{ recoveryAddresses: [], operatorRoles: [], passkeyCount: 0 },
};
const subject = (identity: Partial<Identity> = {}): ClaimSubject => ({
  identity: { ...ada, ...identity },
  groups: ['admins', 'staff'],
  origin: 'https://id.example.com',
});
const ALL = ['openid', 'profile', 'email', 'groups'];
const of = (rules: ClaimRule[] = [], scopes = ALL, identity: Partial<Identity> = {}) =>
  claimsFrom(subject(identity), rules, scopes);

// OpenID Connect Core §5.1, §5.4
describe('the default table', () => {
  test('shows the profile, the address and the groups', () => {
    expect(of()).toEqual({
      ...{ name: 'Ada Lovelace', given_name: 'Ada', family_name: 'Lovelace', preferred_username: 'ada' },
      ...{ picture: 'https://id.example.com/pictures/pic', locale: 'de', updated_at: 1_777_636_800 },
      ...{ email: 'ada@example.com', email_verified: true, groups: ['admins', 'staff'] },
    });
  });

  test('shows nothing without its scope', () => {
    expect(of([], ['openid'])).toEqual({});
    expect(Object.keys(of([], ['openid', 'email']))).toEqual(['email', 'email_verified']);
    expect(Object.keys(of([], ['openid', 'groups', 'unheard:of']))).toEqual(['groups']);
  });

  test('leaves out what is unknown, and never shows the address as a name', () => {
    const bare = { traits: { email: 'ada@example.com' }, locale: null, pictureId: null, identifiers: [] };
    expect(of([], ['openid', 'profile'], bare)).toEqual({ updated_at: 1_777_636_800 });
    expect(of([], ['openid', 'email'], { verifiableAddresses: [] })).toEqual({});
  });

  test('prefers a username that is no address', () => {
    const identifiers = ['ada@example.com', 'lovelace'];
    expect(of([], ALL, { identifiers }).preferred_username).toBe('lovelace');
  });

  test.each([true, false])('says whether the address is verified: %s', (verified) => {
    const verifiableAddresses = [address('ada@example.com', verified)];
    expect(of([], ALL, { verifiableAddresses }).email_verified).toBe(verified);
  });
});

describe('rules of a project', () => {
  test('replace, add and remove claims', () => {
    const rules: ClaimRule[] = [
      { claim: 'name', scope: 'profile', pointer: '/external_id' },
      { claim: 'locale', scope: 'profile', pointer: null },
      { claim: 'team', scope: 'groups', pointer: '/metadata_public/team' },
      { claim: 'odd', scope: 'openid', pointer: '/traits/odd~1key/~0' },
    ];
    const claims = of(rules);
    expect(claims).toMatchObject({ name: 'E-1', team: ['math'], odd: 1 });
    expect(claims).not.toHaveProperty('locale');
    expect(shownClaims(subject(), rules, ['openid'])).toEqual([{ claim: 'odd', scope: 'openid', value: 1 }]);
  });

  test('leave out what the pointer does not find, and null', () => {
    const rule = (pointer: string): ClaimRule[] => [{ claim: 'x', scope: 'openid', pointer }];
    for (const pointer of ['/traits/none', '/traits/phone', '/traits/toString', '/metadata_public/team/0'])
      expect(of(rule(pointer), ['openid'])).toEqual({});
  });

  test('take groups from elsewhere, without the groups of the project', () => {
    const rules: ClaimRule[] = [{ claim: 'groups', scope: 'groups', pointer: '/metadata_public/groups' }];
    expect(of(rules).groups).toEqual(['legacy']);
    expect([needsGroups([], ALL), needsGroups([], ['openid']), needsGroups(rules, ALL)]).toEqual([true, false, false]);
  });

  test('cannot make another address count as verified', () => {
    const rules: ClaimRule[] = [{ claim: 'email', scope: 'email', pointer: '/traits/mail' }];
    const traits = { ...ada.traits, mail: 'boss@example.com' };
    expect(of(rules, ALL, { traits })).toMatchObject({ email: 'boss@example.com', email_verified: false });
  });
});

describe('claimNameFault', () => {
  test.each(['iss', 'sub', 'aud', 'acr', 'amr', 'sid', 'nonce', 'email_verified', 'at_hash', '__proto__'])(
    'refuses %s',
    (claim) => expect(claimNameFault(claim)).toBe('reserved'),
  );
  test.each(['', 'with space', 'ä', 'x'.repeat(101)])('refuses the syntax of "%s"', (claim) =>
    expect(claimNameFault(claim)).toBe('syntax'),
  );
  test.each(['nickname', 'https://example.com/roles', 'x'.repeat(100)])('takes %s', (claim) =>
    expect(claimNameFault(claim)).toBeNull(),
  );
});

describe('isClaimPointer', () => {
  test.each(['/traits/a', '/traits/a~1b/~0', '/metadata_public', '/metadata_public/x', '/external_id'])(
    'takes %s',
    (pointer) => expect(isClaimPointer(pointer)).toBe(true),
  );
  test.each([
    ...[
      '',
      '/',
      'traits/a',
      '/traits',
      '/traits/',
      '/metadata_admin/x',
      '/metadata_adminx',
      '/traitsx/a',
      '/traits/~2',
    ],
    ...['/userHandle', '/external_id/x', `/traits/${'x'.repeat(300)}`],
  ])('refuses "%s"', (pointer) => expect(isClaimPointer(pointer)).toBe(false));
});
