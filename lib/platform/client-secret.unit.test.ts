import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findMatchingSecret, hashClientSecret, newClientId, newClientSecret } from './client-secret';

describe('newClientSecret', () => {
  test('returns a prefix, 256 random bits and a checksum, in unreserved characters only', () => {
    expect(newClientSecret()).toMatch(/^signet_sk_[A-Za-z0-9_-]{43}_[0-9A-Za-z]{6}$/);
  });

  test('never repeats', () => {
    const secrets = new Set(Array.from({ length: 1000 }, newClientSecret));
    expect(secrets.size).toBe(1000);
  });

  test('ends with the CRC-32 of the preceding text', () => {
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    for (let round = 0; round < 50; round++) {
      const secret = newClientSecret();
      const [body, digits] = [secret.slice(0, -7), secret.slice(-6)];
      const value = [...digits].reduce((sum, digit) => sum * 62 + alphabet.indexOf(digit), 0);
      expect(value).toBe(crc32(body));
    }
  });
});

describe('newClientId', () => {
  test('differs in form from an identity ID', () => {
    expect(newClientId('api-credential')).toMatch(/^sc_[A-Za-z0-9_-]{22}$/);
    expect(newClientId('application')).toMatch(/^app_[A-Za-z0-9_-]{22}$/);
  });
});

describe('findMatchingSecret', () => {
  const stored = (id: string, secret: string) => ({ id, hash: hashClientSecret('application', secret) });

  test('matches only the hash of the secret, at any position', () => {
    const [secret, other] = [newClientSecret(), newClientSecret()];
    const [own, another] = [stored('own', secret), stored('another', other)];
    expect(findMatchingSecret('application', secret, [own])).toBe(own);
    expect(findMatchingSecret('application', secret, [another, own])).toBe(own);
    expect(findMatchingSecret('application', secret, [own, another])).toBe(own);
    expect(findMatchingSecret('application', secret, [another])).toBeNull();
  });

  test('returns null without hashes', () => {
    expect(findMatchingSecret('application', newClientSecret(), [])).toBeNull();
    expect(findMatchingSecret('application', '', [])).toBeNull();
  });

  test('does not match the hash of another kind', () => {
    const secret = newClientSecret();
    expect(findMatchingSecret('api-credential', secret, [stored('own', secret)])).toBeNull();
  });

  test('does not accept the stored form as the secret', () => {
    const secret = newClientSecret();
    expect(hashClientSecret('application', secret)).not.toContain(secret.slice(10, 30));
    expect(
      findMatchingSecret('application', hashClientSecret('application', secret), [stored('own', secret)]),
    ).toBeNull();
  });
});
