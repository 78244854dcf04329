import { expect, test } from 'vitest';
import { decrypt, deriveKey, encrypt, hmac, isEqualConstantTime, randomCode, randomToken } from './secret';

test('derives a different key for each purpose', () => {
  expect(deriveKey('cookie').equals(deriveKey('code'))).toBe(false);
  expect(hmac('code', '123456')).not.toBe(hmac('link', '123456'));
  expect(hmac('code', '123456')).toBe(hmac('code', '123456'));
});

test('decrypts with the same purpose and context only, and refuses changed text', () => {
  const sealed = encrypt('mail', 'Żółć 王', 'row-1');
  expect(decrypt('mail', sealed, 'row-1')).toBe('Żółć 王');
  expect(() => decrypt('mail', sealed, 'row-2')).toThrow();
  expect(() => decrypt('signing-key', sealed, 'row-1')).toThrow();
  const bytes = Buffer.from(sealed, 'base64url');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => decrypt('mail', bytes.toString('base64url'), 'row-1')).toThrow();
  expect(encrypt('mail', 'same', 'row-1')).not.toBe(encrypt('mail', 'same', 'row-1'));
});

// ASVS 6.5.3, ASVS 6.5.4
test('generates tokens of unreserved characters and codes of six digits', () => {
  expect(randomToken(32)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  for (let i = 0; i < 1000; i++) expect(randomCode()).toMatch(/^\d{6}$/);
});

test('strings of different length are unequal', () => {
  expect(isEqualConstantTime('a', 'ab')).toBe(false);
  expect(isEqualConstantTime('ab', 'ab')).toBe(true);
  expect(isEqualConstantTime('', '')).toBe(true);
});
