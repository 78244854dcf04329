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

/** The adapter of jose. A token is a JWT access token by RFC 9068. */
export type SigningHandle = CryptoKey;
export type Jwk = Record<string, unknown>;

const TYPE = 'at+jwt';
/** How our own keys are named; anything else is nobody's and not looked for. */
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
 * The id of the key that a token says it was signed with: not proven yet, enough to look for it. Null for what is no access
 * token of ours: another `typ` (RFC 8725 §3.11), or a signature that is not written in the one canonical way, so that no
 * second spelling of a token passes.
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
 * The payload once the signature is proven, else null. `algorithm` is the key's own, and a token that names another one, or
 * critical extensions, is refused (RFC 8725 §3.1, RFC 7515 §4.1.11).
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
