import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * A software authenticator for tests: real keys, attestations of format `none` and assertions, as laid out in WebAuthn
 * L3 §6. `Wrong` falsifies one value at a time, for everything a ceremony must refuse.
 */
export type Wrong = {
  /** Flags of the authenticator data (§6.1). */
  up?: boolean;
  uv?: boolean;
  be?: boolean;
  bs?: boolean;
  counter?: number;
  rpId?: string;
  /** Client data (§5.8.1). */
  origin?: string;
  challenge?: string;
  type?: string;
  crossOrigin?: boolean;
  topOrigin?: string;
  /** Reported by the browser beside it. */
  id?: string;
  userHandle?: string | null;
  /** A chosen attested credential ID. */
  credentialId?: Buffer;
  /** COSE algorithm that the key claims (RFC 9053). */
  algorithm?: number;
  /** Replaces the encoded COSE_Key. */
  publicKey?: (cose: CoseKey) => CborValue;
  /** Encodes the client data from its JSON text. */
  clientData?: (text: string) => Buffer;
  /** Extension outputs in the authenticator data. */
  extensions?: Map<string, CborValue>;
  /** Flips a bit of the signature. */
  isSignatureBroken?: boolean;
};

type CreationOptions = {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
  excludeCredentials?: { id: string }[];
};
type RequestOptions = { challenge: string; rpId?: string; allowCredentials?: { id: string }[] };

type Key = { id: Buffer; rpId: string; userHandle: string; privateKey: KeyObject };
export type Algorithm = 'ES256' | 'EdDSA' | 'RS256';
type Settings = {
  origin: string;
  algorithm?: Algorithm;
  aaguid?: string;
  isBackupEligible?: boolean;
  isBackedUp?: boolean;
  /** Initial signature counter; without it the counter stays 0, as with synced passkeys. */
  counter?: number;
  transports?: string[];
};

export class SoftwareAuthenticator {
  readonly keys: Key[] = [];
  private counter: number;

  constructor(private readonly settings: Settings) {
    this.counter = settings.counter ?? 0;
  }

  /** The result of `navigator.credentials.create()`, as JSON. */
  create(options: CreationOptions, wrong: Wrong = {}) {
    if (options.excludeCredentials?.some(({ id }) => this.keys.some((key) => key.id.toString('base64url') === id)))
      throw new DOMException('Registered already', 'InvalidStateError');
    const { privateKey, publicKey } = makeKeys(this.settings.algorithm ?? 'ES256');
    const cose = toCoseKey(publicKey);
    if (wrong.algorithm !== undefined) cose.set(3, wrong.algorithm);
    const id = wrong.credentialId ?? randomBytes(32);
    const rpId = options.rp.id ?? new URL(this.settings.origin).hostname;
    this.keys.push({ id, rpId, userHandle: options.user.id, privateKey });
    const attested = Buffer.concat([
      Buffer.from((this.settings.aaguid ?? '00000000-0000-0000-0000-000000000000').replaceAll('-', ''), 'hex'),
      uint16(id.length),
      id,
      cbor(wrong.publicKey ? wrong.publicKey(cose) : cose),
    ]);
    const authData = this.authenticatorData(rpId, wrong, attested);
    const attestationObject = cbor(
      new Map<string, CborValue>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    );
    const encodedId = wrong.id ?? id.toString('base64url');
    return {
      id: encodedId,
      rawId: encodedId,
      type: 'public-key' as const,
      response: {
        clientDataJSON: this.clientData('webauthn.create', options.challenge, wrong).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: this.settings.transports ?? ['internal'],
      },
      clientExtensionResults: {},
      authenticatorAttachment: 'platform' as const,
    };
  }

  /** The result of `navigator.credentials.get()`, as JSON, signed with the newest matching passkey. */
  get(options: RequestOptions, wrong: Wrong = {}) {
    const rpId = options.rpId ?? new URL(this.settings.origin).hostname;
    const isAllowed = ({ id }: Key) =>
      !options.allowCredentials || options.allowCredentials.some((allowed) => allowed.id === id.toString('base64url'));
    const key = this.keys.findLast((candidate) => candidate.rpId === rpId && isAllowed(candidate));
    if (!key) throw new DOMException('No passkey fits', 'NotAllowedError');
    return this.sign(key, options, wrong);
  }

  /** Like `get`, with a given passkey, whether the request allows it or not. */
  sign(key: Key, options: RequestOptions, wrong: Wrong = {}) {
    const authData = this.authenticatorData(key.rpId, wrong, null);
    const clientData = this.clientData('webauthn.get', options.challenge, wrong);
    const signed = Buffer.concat([authData, sha256(clientData)]);
    const signature = sign(key.privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', signed, key.privateKey);
    if (wrong.isSignatureBroken)
      signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
    const id = wrong.id ?? key.id.toString('base64url');
    const userHandle = wrong.userHandle === undefined ? key.userHandle : wrong.userHandle;
    return {
      id,
      rawId: id,
      type: 'public-key' as const,
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(userHandle !== null && { userHandle }),
      },
      clientExtensionResults: {},
      authenticatorAttachment: 'platform' as const,
    };
  }

  private authenticatorData(rpId: string, wrong: Wrong, attested: Buffer | null): Buffer {
    if (this.settings.counter !== undefined) this.counter += 1;
    const { isBackupEligible = true, isBackedUp = true } = this.settings;
    const flags =
      bit(wrong.up ?? true, 0) |
      bit(wrong.uv ?? true, 2) |
      bit(wrong.be ?? isBackupEligible, 3) |
      bit(wrong.bs ?? isBackedUp, 4) |
      bit(attested !== null, 6) |
      bit(wrong.extensions !== undefined, 7);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(wrong.counter ?? this.counter);
    const start = Buffer.concat([sha256(wrong.rpId ?? rpId), Buffer.from([flags]), counter]);
    const extensions = wrong.extensions ? cbor(wrong.extensions) : Buffer.alloc(0);
    return Buffer.concat([start, attested ?? Buffer.alloc(0), extensions]);
  }

  private clientData(type: string, challenge: string, wrong: Wrong): Buffer {
    const { crossOrigin = false, topOrigin } = wrong;
    const origin = wrong.origin ?? this.settings.origin;
    const data = { type: wrong.type ?? type, challenge: wrong.challenge ?? challenge, origin, crossOrigin, topOrigin };
    const text = JSON.stringify(data);
    return wrong.clientData ? wrong.clientData(text) : Buffer.from(text);
  }
}

const bit = (isSet: boolean, position: number) => (isSet ? 1 << position : 0);
const sha256 = (value: string | Buffer) => createHash('sha256').update(value).digest();

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export type CborValue = number | string | boolean | null | Buffer | CborValue[] | Map<string, CborValue> | CoseKey;
/** By label (RFC 9052 §7.1). */
export type CoseKey = Map<number | string, CborValue>;

function makeKeys(algorithm: Algorithm) {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** RFC 9053 §7, RFC 8230 §4. */
export function toCoseKey(publicKey: KeyObject): CoseKey {
  const { kty, x, y, n, e } = publicKey.export({ format: 'jwk' });
  const bytes = (text = '') => Buffer.from(text, 'base64url');
  const [common, members]: [[number, number], Array<[number, CborValue]>] =
    kty === 'EC'
      ? [
          [2, -7],
          [
            [-1, 1],
            [-2, bytes(x)],
            [-3, bytes(y)],
          ],
        ]
      : kty === 'OKP'
        ? [
            [1, -8],
            [
              [-1, 6],
              [-2, bytes(x)],
            ],
          ]
        : [
            [3, -257],
            [
              [-1, bytes(n)],
              [-2, bytes(e)],
            ],
          ];
  return new Map<number | string, CborValue>([[1, common[0]], [3, common[1]], ...members]);
}

/** The part of CBOR that WebAuthn needs here (RFC 8949 §3.1). */
export function cbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  const entries = [...value].flatMap(([key, item]) => [cbor(key), cbor(item)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

function head(majorType: number, argument: number): Buffer {
  const type = majorType << 5;
  if (argument < 24) return Buffer.from([type | argument]);
  if (argument < 0x100) return Buffer.from([type | 24, argument]);
  if (argument < 0x1_0000) return Buffer.concat([Buffer.from([type | 25]), uint16(argument)]);
  const bytes = Buffer.alloc(5, type | 26);
  bytes.writeUInt32BE(argument, 1);
  return bytes;
}
