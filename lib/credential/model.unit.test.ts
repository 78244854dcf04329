import { describe, expect, test } from 'vitest';
import aaguids from './aaguids.json';
import {
  defaultName,
  guardLastSignInMethod,
  isCounterSuspicious,
  isUseDue,
  kindOf,
  providerOf,
  syncState,
  toPasskeyName,
} from './model';

const ZERO = '00000000-0000-0000-0000-000000000000';
const ICLOUD = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd';
const CHROME_ON_LINUX = { browser: 'Chrome', system: 'Linux' };

describe('the provider table', () => {
  const entries = aaguids.groups.flatMap(({ kind, source, names }) =>
    Object.entries(names).map(([aaguid, name]) => ({ aaguid, name, kind, source })),
  );

  test('has each AAGUID once, in lower case, with its source', () => {
    expect(new Set(entries.map(({ aaguid }) => aaguid)).size).toBe(entries.length);
    for (const { aaguid, name, source } of entries) {
      expect(aaguid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(name).toBe(toPasskeyName(name));
      expect(Object.keys(aaguids.sources)).toContain(source);
    }
  });

  test('uses only kinds that have an icon', () => {
    for (const { aaguid, kind } of entries) expect(providerOf({ aaguid })?.kind).toBe(kind);
  });

  test('has no provider for the zero AAGUID or an unknown one', () => {
    expect(providerOf({ aaguid: ZERO })).toBeNull();
    expect(providerOf({ aaguid: '12345678-1234-1234-1234-123456789abc' })).toBeNull();
    expect(providerOf({ aaguid: 'constructor' })).toBeNull();
  });
});

test.each([
  [ICLOUD, ['internal'], 'password-manager'],
  [ZERO, ['internal', 'hybrid'], 'platform'],
  [ZERO, [], 'platform'],
  [ZERO, ['hybrid'], 'phone'],
  [ZERO, ['usb', 'nfc'], 'security-key'],
])('AAGUID %s with transports %j has the icon %s', (aaguid, transports, kind) => {
  expect(kindOf({ aaguid, transports })).toBe(kind);
});

test.each([
  [true, 'synced'],
  [false, 'device'],
])('backup state %s has sync state %s', (isBackedUp, shown) => {
  expect(syncState({ isBackedUp })).toBe(shown);
});

describe('the default name', () => {
  const internal = { aaguid: ZERO, transports: ['internal'] };
  test.each([
    ['uses the provider', { aaguid: ICLOUD, transports: ['internal'] }, CHROME_ON_LINUX, [], 'Apple Passwords'],
    [
      'appends a number to a taken name',
      { aaguid: ICLOUD, transports: [] },
      CHROME_ON_LINUX,
      ['apple passwords'],
      'Apple Passwords 2',
    ],
    [
      'uses the next free number',
      internal,
      CHROME_ON_LINUX,
      ['Chrome (Linux)', 'Chrome (Linux) 2'],
      'Chrome (Linux) 3',
    ],
    ['uses the device for a platform passkey', internal, CHROME_ON_LINUX, [], 'Chrome (Linux)'],
    ['uses the browser when the system is unknown', internal, { browser: 'Chrome', system: null }, [], 'Chrome'],
    ['falls back to Passkey', internal, { browser: null, system: null }, [], 'Passkey'],
    [
      'ignores the device for a roaming authenticator',
      { aaguid: ZERO, transports: ['usb'] },
      CHROME_ON_LINUX,
      ['Passkey'],
      'Passkey 2',
    ],
  ])('%s', (_, passkey, device, taken, name) => {
    expect(defaultName(passkey, device, taken)).toBe(name);
  });
});

describe('a typed name', () => {
  test.each([
    ['  My phone  ', 'My phone'],
    ['👩‍👩‍👧‍👦'.repeat(40), '👩‍👩‍👧‍👦'.repeat(40)],
    ['é'.normalize('NFD'), 'é'],
    ['שלום', 'שלום'],
  ])('accepts %s', (typed, name) => {
    expect(toPasskeyName(typed)).toBe(name);
  });

  test.each([
    ['white space', '   ', 'minLength'],
    ['invisible characters', '\u200b\u2060', 'minLength'],
    ['65 characters', 'ä'.repeat(65), 'maxLength'],
    ['one grapheme of hundreds of code points', `a${'\u0301'.repeat(600)}`, 'maxLength'],
    ['a line break', 'a\nb', 'pattern'],
    ['NUL', 'a\0b', 'pattern'],
    ['a line separator', 'a\u2028b', 'pattern'],
    ['a right-to-left override', 'a\u202eb', 'pattern'],
    ['an isolate', 'a\u2067b', 'pattern'],
    ['half a surrogate pair', 'a\ud800', 'pattern'],
  ])('refuses %s', (_, typed, keyword) => {
    const violations = [expect.objectContaining({ pointer: '/name', keyword })];
    const refusal = { code: 'invalid_input', details: expect.objectContaining({ violations }) };
    expect(() => toPasskeyName(typed)).toThrow(expect.objectContaining(refusal));
  });
});

describe('guardLastSignInMethod', () => {
  const address = {
    id: '1',
    value: 'a@example.com',
    via: 'email' as const,
    verified: false,
    verifiedAt: null,
    status: 'pending' as const,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
  const here = { rpId: 'id.example.com' };
  const elsewhere = { rpId: 'old.example.com' };

  test('refuses without an address and without another passkey for this relying party', () => {
    for (const others of [[], [elsewhere]]) {
      const guard = () => guardLastSignInMethod({ verifiableAddresses: [] }, others, here.rpId);
      expect(guard).toThrow(expect.objectContaining({ code: 'last_sign_in_method' }));
    }
  });

  test('allows deletion when another passkey or sign-in by mail works', () => {
    expect(() => guardLastSignInMethod({ verifiableAddresses: [] }, [elsewhere, here], here.rpId)).not.toThrow();
    expect(() => guardLastSignInMethod({ verifiableAddresses: [address] }, [], here.rpId)).not.toThrow();
  });
});

test.each([
  [0n, 0n, false],
  [0n, 1n, false],
  [4n, 5n, false],
  [5n, 5n, true],
  [5n, 4n, true],
  [5n, 0n, true],
  [4_294_967_294n, 4_294_967_295n, false],
])('a counter from %s to %s is suspicious: %s', (stored, received, isSuspicious) => {
  expect(isCounterSuspicious(stored, received)).toBe(isSuspicious);
});

test('a use is due once a minute', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  expect(isUseDue({ lastUsedAt: null }, now)).toBe(true);
  expect(isUseDue({ lastUsedAt: ago(59) }, now)).toBe(false);
  expect(isUseDue({ lastUsedAt: ago(60) }, now)).toBe(true);
});
