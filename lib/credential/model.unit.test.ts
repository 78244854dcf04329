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

describe('the table of providers', () => {
  const entries = aaguids.groups.flatMap(({ kind, source, names }) =>
    Object.entries(names).map(([aaguid, name]) => ({ aaguid, name, kind, source })),
  );

  test('names each AAGUID once, in lower case, and where that is from', () => {
    expect(new Set(entries.map(({ aaguid }) => aaguid)).size).toBe(entries.length);
    for (const { aaguid, name, source } of entries) {
      expect(aaguid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(name).toBe(toPasskeyName(name));
      expect(Object.keys(aaguids.sources)).toContain(source);
    }
  });

  test('each kind of the table is one of the icons', () => {
    for (const { aaguid, kind } of entries) expect(providerOf({ aaguid })?.kind).toBe(kind);
  });

  test('the zero AAGUID and an unknown one tell nothing', () => {
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
])('the icon of %s over %j is %s', (aaguid, transports, kind) => {
  expect(kindOf({ aaguid, transports })).toBe(kind);
});

test.each([
  [true, 'synced'],
  [false, 'device'],
])('backed up: %s is shown as %s', (isBackedUp, shown) => {
  expect(syncState({ isBackedUp })).toBe(shown);
});

describe('the first name', () => {
  const internal = { aaguid: ZERO, transports: ['internal'] };
  test.each([
    ["the provider's", { aaguid: ICLOUD, transports: ['internal'] }, CHROME_ON_LINUX, [], 'Apple Passwords'],
    ['with a number', { aaguid: ICLOUD, transports: [] }, CHROME_ON_LINUX, ['apple passwords'], 'Apple Passwords 2'],
    ['the next number', internal, CHROME_ON_LINUX, ['Chrome (Linux)', 'Chrome (Linux) 2'], 'Chrome (Linux) 3'],
    ["the device's, when it lives there", internal, CHROME_ON_LINUX, [], 'Chrome (Linux)'],
    ['the browser alone', internal, { browser: 'Chrome', system: null }, [], 'Chrome'],
    ['nothing known', internal, { browser: null, system: null }, [], 'Passkey'],
    ['not this device', { aaguid: ZERO, transports: ['usb'] }, CHROME_ON_LINUX, ['Passkey'], 'Passkey 2'],
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
  ])('%s is taken', (typed, name) => {
    expect(toPasskeyName(typed)).toBe(name);
  });

  test.each([
    ['nothing', '   ', 'minLength'],
    ['nothing to see', '\u200b\u2060', 'minLength'],
    ['65 characters', 'ä'.repeat(65), 'maxLength'],
    ['one character made of hundreds', `a${'\u0301'.repeat(600)}`, 'maxLength'],
    ['a line break', 'a\nb', 'pattern'],
    ['NUL', 'a\0b', 'pattern'],
    ['a line separator', 'a\u2028b', 'pattern'],
    ['a turned direction of writing', 'a\u202eb', 'pattern'],
    ['an isolate', 'a\u2067b', 'pattern'],
    ['half a surrogate pair', 'a\ud800', 'pattern'],
  ])('%s is refused', (_, typed, keyword) => {
    const violations = [expect.objectContaining({ pointer: '/name', keyword })];
    const refusal = { code: 'invalid_input', details: expect.objectContaining({ violations }) };
    expect(() => toPasskeyName(typed)).toThrow(expect.objectContaining(refusal));
  });
});

describe('the last way to sign in', () => {
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

  test('stays when no mail can be sent and no other passkey works here', () => {
    for (const others of [[], [elsewhere]]) {
      const guard = () => guardLastSignInMethod({ verifiableAddresses: [] }, others, here.rpId);
      expect(guard).toThrow(expect.objectContaining({ code: 'last_sign_in_method' }));
    }
  });

  test('may go when another passkey works here or mail does', () => {
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

test('a use is written once a minute', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  expect(isUseDue({ lastUsedAt: null }, now)).toBe(true);
  expect(isUseDue({ lastUsedAt: ago(59) }, now)).toBe(false);
  expect(isUseDue({ lastUsedAt: ago(60) }, now)).toBe(true);
});
