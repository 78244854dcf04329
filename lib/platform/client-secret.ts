import { crc32 } from 'node:zlib';
import { hmac, isEqualConstantTime, randomToken } from './secret';

const SECRET_PREFIX = 'signet_sk_';
/** As long as a hash; compared against when there is none. */
const NO_HASH = '-'.repeat(43);
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Each kind hashes under a key of its own, so that a hash of one is worthless for the other. */
export type ClientKind = 'api-credential' | 'application';

const ID_PREFIXES = { 'api-credential': 'sc_', application: 'app_' } as const;

/** Its prefix distinguishes API credentials, applications and identities (RFC 9700 §4.15). */
export function newClientId(kind: ClientKind): string {
  return `${ID_PREFIXES[kind]}${randomToken(16)}`;
}

/**
 * `signet_sk_`, 256 random bits, and a checksum. Only unreserved characters (RFC 3986 §2.3), so the raw and the
 * form-encoded secret are equal and HTTP Basic works with either (RFC 6749 §2.3.1). Prefix and checksum let secret
 * scanners detect a leaked secret without false positives.
 */
export function newClientSecret(): string {
  const body = `${SECRET_PREFIX}${randomToken(32)}`;
  return `${body}_${checksum(body)}`;
}

/** The stored form. 256 random bits need no slow hash (ASVS 6.5.2); the HMAC key makes a stolen table useless. */
export function hashClientSecret(kind: ClientKind, clientSecret: string): string {
  return hmac(kind, clientSecret);
}

/**
 * The stored secret that matches, or null. The same work for a valid secret, a wrong secret and an unknown client:
 * always one hash and at least one comparison, none of which ends early.
 */
export function findMatchingSecret<Stored extends { hash: string }>(
  kind: ClientKind,
  clientSecret: string,
  secrets: readonly Stored[],
): Stored | null {
  const given = hashClientSecret(kind, clientSecret);
  if (secrets.length === 0) isEqualConstantTime(given, NO_HASH);
  return secrets.filter(({ hash }) => isEqualConstantTime(given, hash))[0] ?? null;
}

/** CRC-32 in base 62, six digits. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < 6; place++) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
