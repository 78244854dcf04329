import {
  CompactSign,
  type CryptoKey,
  compactVerify,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose';
import type { SigningAlgorithm } from '@/lib/project/model';

/** Adapter for jose. Tokens are JWT access tokens (RFC 9068). */
export type SigningHandle = CryptoKey;
export type Jwk = Record<string, unknown>;

const TYPE = 'at+jwt';
/** Format of key IDs; anything else is not looked up. */
const KID = /^[\w-]{1,100}$/;
const encoder = new TextEncoder();

export async function generateJwks(algorithm: SigningAlgorithm): Promise<{ publicJwk: Jwk; privateJwk: Jwk }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  return { publicJwk: await exportJWK(publicKey), privateJwk: await exportJWK(privateKey) };
}

export async function importKey(jwk: Jwk, algorithm: SigningAlgorithm): Promise<SigningHandle> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error('A signing key is symmetric');
  return key;
}

export async function signToken(
  claims: object,
  { alg, kid }: { alg: SigningAlgorithm; kid: string },
  key: SigningHandle,
): Promise<string> {
  const payload = encoder.encode(JSON.stringify(claims));
  return new CompactSign(payload).setProtectedHeader({ alg, kid, typ: TYPE }).sign(key);
}

/**
 * The unverified key ID of a token, for the lookup. Null for another `typ` (RFC 8725 §3.11) or a signature that is not
 * canonical base64url, so that each token has exactly one valid encoding.
 */
export function readKid(token: string): string | null {
  const parts = token.split('.');
  if (parts.length !== 3 || !isCanonical(parts[2] ?? '')) return null;
  try {
    const { typ, kid } = decodeProtectedHeader(token);
    return typ === TYPE && typeof kid === 'string' && KID.test(kid) ? kid : null;
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
  key: SigningHandle,
  algorithm: SigningAlgorithm,
): Promise<unknown | null> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: [algorithm] });
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return null;
  }
}

function isCanonical(base64url: string): boolean {
  return base64url !== '' && Buffer.from(base64url, 'base64url').toString('base64url') === base64url;
}
