import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { BoundedCache } from './bounded-cache';
import { isJsonObject, type JsonObject } from './json';
import { deriveKey } from './secret';

/**
 * Cookie values as next-auth's own `encode` and `decode` write and read them: a JWE in compact form (RFC 7516 §7.1)
 * under a key that belongs to one project. By `node:crypto`, because every signed-in request reads one: next-auth
 * derives the key again for each value, which takes longer than the session's row.
 */
const HEADER = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Seconds by which the clocks of several machines may differ. */
const TOLERANCE_SECONDS = 15;

/** The secret as next-auth has it. */
export function cookieSecret(): string {
  return deriveKey('cookie').toString('base64url');
}

/** The claims with `iat`, `exp` and `jti`. */
export function encryptToken(projectId: string, claims: JsonObject, maxAgeSeconds: number): string {
  const iat = nowSeconds();
  const payload = JSON.stringify({ ...claims, iat, exp: iat + maxAgeSeconds, jti: randomUUID() });
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(projectId), nonce).setAAD(Buffer.from(HEADER));
  const body = Buffer.concat([cipher.update(payload, 'utf8'), cipher.final()]);
  // Without an encrypted key: `dir` (RFC 7516 §5.1 step 5).
  return [HEADER, '', ...[nonce, body, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

/** The claims, or null for a value that was changed, has expired, or belongs to another project or SIGNET_SECRET. */
export function decryptToken(projectId: string, value: string): JsonObject | null {
  const [header, key, ...rest] = value.split('.');
  const [nonce, body, tag] = rest.map((part) => Buffer.from(part, 'base64url'));
  if (header !== HEADER || key !== '' || rest.length !== 3 || !nonce || !body || !tag) return null;
  if (nonce.length !== NONCE_BYTES || tag.length !== TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(projectId), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(HEADER)).setAuthTag(tag);
  try {
    const claims: unknown = JSON.parse(decipher.update(body, undefined, 'utf8') + decipher.final('utf8'));
    return isJsonObject(claims) && isCurrent(claims) ? claims : null;
  } catch {
    return null;
  }
}

function isCurrent({ exp }: JsonObject): boolean {
  return typeof exp === 'number' && exp > nowSeconds() - TOLERANCE_SECONDS;
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** What next-auth's CSRF cookie contains: a token and its hash, which it compares with the field of a POST. */
export function createCsrfPair(): string {
  const token = randomBytes(32).toString('hex');
  return `${token}|${csrfHash(token)}`;
}

export function isCsrfPair(value: string): boolean {
  const [token = '', hash] = value.split('|');
  return hash === csrfHash(token);
}

function csrfHash(token: string): string {
  return createHash('sha256').update(`${token}${cookieSecret()}`).digest('hex');
}

/** Constant for a project and a secret. */
const keys = new BoundedCache<KeyObject>(1000);

function keyOf(projectId: string): KeyObject {
  const secret = cookieSecret();
  const name = `${projectId}\0${secret}`;
  const known = keys.get(name);
  if (known) return known;
  const info = `NextAuth.js Generated Encryption Key (${projectId})`;
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, projectId, info, 32)));
  keys.set(name, key);
  return key;
}
