import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  type Hash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { env } from './env';
import { LINK_TOKEN } from './link-token';
import { READABLE_ALPHABET } from './readable-code';

/**
 * Keys derived from SIGNET_SECRET: one per purpose by HKDF (RFC 5869), so that no key serves two. A database is bound
 * to one secret (lib/installation). Adopting another ends all sessions, codes, links and API secrets.
 */
export type KeyPurpose =
  | 'api-credential'
  | 'authorization-code'
  | 'authorization-request'
  | 'application'
  | 'browser'
  | 'bulk'
  | 'code'
  | 'cookie'
  | 'familiar'
  | 'idempotency'
  | 'import'
  | 'installation'
  | 'invitation'
  | 'job'
  | 'known-browser'
  | 'link'
  | 'logout-notice'
  | 'mail'
  | 'page-token'
  | 'pairing'
  | 'personal-recovery-code'
  | 'rate-limit'
  | 'recovery-code'
  | 'refresh-token'
  | 'return-id'
  | 'return-to'
  | 'schema-change'
  | 'signing-key'
  | 'webhook';

const keys = new Map<string, Buffer>();

export function deriveKey(purpose: KeyPurpose): Buffer {
  const { secret } = env();
  const name = `${purpose}\0${secret}`;
  const known = keys.get(name);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secret, '', `signet/${purpose}`, 32));
  keys.set(name, key);
  return key;
}

/** HMAC-SHA-256 under the purpose's key, base64url. */
export function hmac(purpose: KeyPurpose, value: string): string {
  return createHmac('sha256', deriveKey(purpose)).update(value).digest('base64url');
}

/** Compares in constant time. */
export function isEqualConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Random bytes as base64url: unreserved characters only (RFC 3986 §2.3). 32 bytes are 256 bits in 43 characters. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** The token of a mailed link, as `LINK_TOKEN` describes it. */
export function randomLinkToken(): string {
  for (;;) {
    const token = randomToken(18);
    if (LINK_TOKEN.test(token)) return token;
  }
}

/** Six digits, uniform. */
export function randomCode(): string {
  // 2^32 is not a multiple of 10^6: numbers from the incomplete last range are drawn again.
  const limit = Math.floor(2 ** 32 / 1_000_000) * 1_000_000;
  for (;;) {
    const number = randomBytes(4).readUInt32BE();
    if (number < limit) return String(number % 1_000_000).padStart(6, '0');
  }
}

/** Random characters for people to read and type; five bits each, uniform. */
export function randomReadable(length: number): string {
  // 32 divides 256, so every character is equally likely.
  return [...randomBytes(length)].map((byte) => READABLE_ALPHABET[byte % READABLE_ALPHABET.length]).join('');
}

/** SHA-256 of bytes that are not secret, base64url: a name by content. */
export function contentHash(bytes: Uint8Array): string {
  return contentHasher().update(bytes).digest('base64url');
}

/** The same for bytes that come in pieces. */
export function contentHasher(): Hash {
  return createHash('sha256');
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce; base64url of nonce, tag and ciphertext. `context` is authenticated
 * with it.
 */
export function encrypt(purpose: KeyPurpose, plain: string, context: string): string {
  return encryptBytes(purpose, Buffer.from(plain), context).toString('base64url');
}

/** Throws when the text was changed, belongs to another context, or was encrypted under another SIGNET_SECRET. */
export function decrypt(purpose: KeyPurpose, sealed: string, context: string): string {
  return decryptBytes(purpose, Buffer.from(sealed, 'base64url'), context).toString('utf8');
}

/** As `encrypt`, of bytes into bytes. */
export function encryptBytes(purpose: KeyPurpose, plain: Uint8Array, context: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(purpose), nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

export function decryptBytes(purpose: KeyPurpose, sealed: Uint8Array, context: string): Buffer<ArrayBuffer> {
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(purpose), sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(12, 28));
  decipher.setAAD(Buffer.from(context));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
