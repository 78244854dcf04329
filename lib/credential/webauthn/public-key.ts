import { isoCBOR, verifySignature } from '@simplewebauthn/server/helpers';
import { type Bytes, copy, decodeOnly } from './cbor';
import { refused, refuseOnError } from './refusal';

/** EdDSA, ES256, RS256 (RFC 9053, RFC 8812): every current authenticator supports at least one. */
export const ALGORITHMS = { EdDSA: -8, ES256: -7, RS256: -257 } as const;
type Algorithm = keyof typeof ALGORITHMS;

/** Labels of a COSE_Key (RFC 9052 §7.1, RFC 9053 §7, RFC 8230 §4). */
const LABEL = { kty: 1, alg: 3, crv: -1, x: -2, y: -3, n: -1, e: -2 };
/** Registered names, for encoders that write names instead of numbers, such as Firefox 117. */
const KEY_TYPES = { OKP: 1, EC2: 2, RSA: 3 };
const CURVES = { 'P-256': 1, Ed25519: 6 };

const COORDINATE_BYTES = 32;
const MIN_MODULUS_BITS = 2048;
/** Verification cost grows with the length, and no authenticator uses longer keys. */
const MAX_MODULUS_BITS = 8192;
const MIN_EXPONENT = 65_537n;
/** OpenSSL supports no longer exponent. */
const MAX_EXPONENT_BYTES = 8;

/** A public key of a supported algorithm. `cose` is canonical (CTAP 2.2 §8). */
export type PublicKey = { algorithm: Algorithm; cose: Bytes; jwk: JsonWebKey };

/**
 * Converts a decoded COSE_Key, keeping exactly the members its algorithm requires (WebAuthn L3 §5.8.5, §6.5.1.1).
 * Refuses: `passkey_verification_failed` for `unsupported_algorithm` and `unusable_key`.
 */
export function toPublicKey(item: unknown): PublicKey {
  if (!(item instanceof Map)) throw refused('unusable_key');
  const value = numberOf(item.get(LABEL.alg), ALGORITHMS);
  switch (value) {
    case ALGORITHMS.EdDSA:
      return toEd25519(item);
    case ALGORITHMS.ES256:
      return toP256(item);
    case ALGORITHMS.RS256:
      return toRsa(item);
    default:
      throw refused('unsupported_algorithm');
  }
}

/**
 * As `toPublicKey`, and checks that the key can verify sign-ins: the point is on its curve and WebCrypto imports it.
 * Refuses as `toPublicKey`.
 */
export async function toUsableKey(item: unknown): Promise<PublicKey> {
  const key = toPublicKey(item);
  try {
    if (key.algorithm === 'EdDSA') await checkEd25519(Buffer.from(key.jwk.x ?? '', 'base64url'));
    await crypto.subtle.importKey('jwk', key.jwk, IMPORT[key.algorithm], false, ['verify']);
  } catch (cause) {
    throw refused('unusable_key', cause);
  }
  return key;
}

/** The canonical form of an encoded COSE_Key from an import. Refuses as `toPublicKey`, also invalid CBOR. */
export async function toUsableKeyFromBytes(bytes: Bytes): Promise<Bytes> {
  const { cose } = await refuseOnError(() => toUsableKey(decodeOnly(bytes)));
  return cose;
}

/** Whether the key signed `data`. False for a malformed signature. */
export async function isSignedBy(key: PublicKey, data: Bytes, signature: Bytes): Promise<boolean> {
  try {
    return await verifySignature({ credentialPublicKey: key.cose, data, signature });
  } catch {
    return false;
  }
}

const IMPORT = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
};

function toEd25519(item: Map<unknown, unknown>): PublicKey {
  requireMembers(item, KEY_TYPES.OKP, CURVES.Ed25519);
  const x = coordinateOf(item.get(LABEL.x));
  const members: Member[] = [
    [LABEL.kty, KEY_TYPES.OKP],
    [LABEL.alg, ALGORITHMS.EdDSA],
    [LABEL.crv, CURVES.Ed25519],
    [LABEL.x, x],
  ];
  return { algorithm: 'EdDSA', cose: encode(members), jwk: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(x) } };
}

/** Uncompressed points only (WebAuthn L3 §5.8.5), with leading zeros (RFC 9053 §7.1.1). */
function toP256(item: Map<unknown, unknown>): PublicKey {
  requireMembers(item, KEY_TYPES.EC2, CURVES['P-256']);
  const [x, y] = [coordinateOf(item.get(LABEL.x)), coordinateOf(item.get(LABEL.y))];
  const members: Member[] = [
    [LABEL.kty, KEY_TYPES.EC2],
    [LABEL.alg, ALGORITHMS.ES256],
    [LABEL.crv, CURVES['P-256']],
    [LABEL.x, x],
    [LABEL.y, y],
  ];
  const jwk = { kty: 'EC', crv: 'P-256', x: toBase64url(x), y: toBase64url(y) };
  return { algorithm: 'ES256', cose: encode(members), jwk };
}

/** RFC 8230 §4. Sizes and exponents follow NIST SP 800-131A and SP 800-56B. */
function toRsa(item: Map<unknown, unknown>): PublicKey {
  if (numberOf(item.get(LABEL.kty), KEY_TYPES) !== KEY_TYPES.RSA) throw refused('unusable_key');
  const [n, e] = [integerOf(item.get(LABEL.n)), integerOf(item.get(LABEL.e))];
  const bits = n.length * 8 - Math.clz32(n[0] ?? 0) + 24;
  if (bits < MIN_MODULUS_BITS || bits > MAX_MODULUS_BITS || isEven(n)) throw refused('unusable_key');
  if (e.length > MAX_EXPONENT_BYTES || toBigInt(e) < MIN_EXPONENT || isEven(e)) throw refused('unusable_key');
  const members: Member[] = [
    [LABEL.kty, KEY_TYPES.RSA],
    [LABEL.alg, ALGORITHMS.RS256],
    [LABEL.n, n],
    [LABEL.e, e],
  ];
  return { algorithm: 'RS256', cose: encode(members), jwk: { kty: 'RSA', n: toBase64url(n), e: toBase64url(e) } };
}

/** RFC 8032 §5.1.3. WebCrypto accepts any 32 bytes, and anyone can forge signatures for a key of small order. */
async function checkEd25519(x: Uint8Array): Promise<void> {
  const { ed25519 } = await import('@noble/curves/ed25519.js'); // computes its tables while it loads
  if (ed25519.Point.fromBytes(x).isSmallOrder()) throw new Error('The point has a small order');
}

function requireMembers(item: Map<unknown, unknown>, keyType: number, curve: number): void {
  const isExpectedKey =
    numberOf(item.get(LABEL.kty), KEY_TYPES) === keyType && numberOf(item.get(LABEL.crv), CURVES) === curve;
  if (!isExpectedKey) throw refused('unusable_key');
}

function numberOf(value: unknown, names: Record<string, number>): unknown {
  return typeof value === 'string' && Object.hasOwn(names, value) ? names[value] : value;
}

function coordinateOf(value: unknown): Bytes {
  if (!(value instanceof Uint8Array) || value.length !== COORDINATE_BYTES) throw refused('unusable_key');
  return copy(value);
}

/** A positive integer, leading zeros removed. */
function integerOf(value: unknown): Bytes {
  if (!(value instanceof Uint8Array)) throw refused('unusable_key');
  const first = value.findIndex((byte) => byte !== 0);
  if (first === -1) throw refused('unusable_key');
  return copy(value.subarray(first));
}

const isEven = (bytes: Bytes) => ((bytes.at(-1) ?? 0) & 1) === 0;
const toBigInt = (bytes: Bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const toBase64url = (bytes: Bytes) => Buffer.from(bytes).toString('base64url');

type Member = [number, number | Bytes];

function encode(members: Member[]): Bytes {
  return copy(isoCBOR.encode(new Map(members)));
}
