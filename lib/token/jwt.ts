import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { type CryptoKey, compactVerify, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { SigningAlgorithm } from '@/lib/project/model';

/**
 * Adapter for jose and, for signing, Node's crypto: WebCrypto, which jose uses, costs three times as much.
 */
export type SigningHandle = KeyObject;
export type VerificationHandle = CryptoKey;
export type Jwk = Record<string, unknown>;

/** RFC 9068 §2.1, OpenID Connect Core §2, Back-Channel Logout §2.4: distinguished by `typ` (RFC 8725 §3.11). */
export type TokenType = 'at+jwt' | 'JWT' | 'logout+jwt';
/** Format of key IDs; anything else is not looked up. */
const KID = /^[\w-]{1,100}$/;
const signInPool = promisify(sign);

export async function generateJwks(algorithm: SigningAlgorithm): Promise<{ publicJwk: Jwk; privateJwk: Jwk }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  return { publicJwk: await exportJWK(publicKey), privateJwk: await exportJWK(privateKey) };
}

export function importSigningKey(jwk: Jwk): SigningHandle {
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

export async function importVerificationKey(jwk: Jwk, algorithm: SigningAlgorithm): Promise<VerificationHandle> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error('A signing key is symmetric');
  return key;
}

export async function signToken(
  claims: object,
  { alg, kid, typ = 'at+jwt' }: { alg: SigningAlgorithm; kid: string; typ?: TokenType },
  key: SigningHandle,
): Promise<string> {
  const input = `${encoded({ alg, kid, typ })}.${encoded(claims)}`; // RFC 7515 §5.1
  const bytes = Buffer.from(input);
  // An RSA signature takes ten times as long: asynchronous, to not block the event loop.
  const signature =
    alg === 'ES256'
      ? sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })
      : await signInPool('sha256', bytes, key);
  return `${input}.${signature.toString('base64url')}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * The unverified key ID of a token, for the lookup. Null for another `typ` (RFC 8725 §3.11) or a signature that is not
 * canonical base64url, so that each token has exactly one valid encoding.
 */
export function readKid(token: string, type: TokenType = 'at+jwt'): string | null {
  const parts = token.split('.');
  if (parts.length !== 3 || !isCanonical(parts[2] ?? '')) return null;
  try {
    const { typ, kid } = decodeProtectedHeader(token);
    return typ === type && typeof kid === 'string' && KID.test(kid) ? kid : null;
  } catch {
    return null;
  }
}

/**
 * The payload if the signature is valid, otherwise null. `algorithm` is the key's; a token with another one or with
 * critical extensions is refused (RFC 8725 §3.1, RFC 7515 §4.1.11).
 */
export async function verifySignature(
  token: string,
  key: VerificationHandle,
  algorithm: SigningAlgorithm,
): Promise<unknown | null> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: [algorithm] });
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return null;
  }
}

/** OpenID Connect Core §3.1.3.6: binds an ID token signed with RS256 to the access token issued with it. */
export function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');
}

function isCanonical(base64url: string): boolean {
  return base64url !== '' && Buffer.from(base64url, 'base64url').toString('base64url') === base64url;
}
