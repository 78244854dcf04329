import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/**
 * A passkey provider in software, for tests: makes real ES256 keys, attestations of format `none` and assertions, as
 * WebAuthn L3 §6 lays them out. Whatever a ceremony must refuse can be made wrong, one thing at a time.
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
  /** What the browser reports beside it. */
  id?: string;
  userHandle?: string | null;
  /** An attested credential id of one's own choice. */
  credentialId?: Buffer;
  /** COSE algorithm that the key claims (RFC 9053). */
  algorithm?: number;
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
type Settings = {
  origin: string;
  aaguid?: string;
  isBackupEligible?: boolean;
  isBackedUp?: boolean;
  /** Counts its uses from here; without it the counter stays 0, as with synced passkeys. */
  counter?: number;
  transports?: string[];
};

export class SoftwareAuthenticator {
  readonly keys: Key[] = [];
  private counter: number;

  constructor(private readonly settings: Settings) {
    this.counter = settings.counter ?? 0;
  }

  /** What `navigator.credentials.create()` gives, as JSON. */
  create(options: CreationOptions, wrong: Wrong = {}) {
    if (options.excludeCredentials?.some(({ id }) => this.keys.some((key) => key.id.toString('base64url') === id)))
      throw new DOMException('Registered already', 'InvalidStateError');
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = wrong.credentialId ?? randomBytes(32);
    const rpId = options.rp.id ?? new URL(this.settings.origin).hostname;
    this.keys.push({ id, rpId, userHandle: options.user.id, privateKey });
    const attested = Buffer.concat([
      Buffer.from((this.settings.aaguid ?? '00000000-0000-0000-0000-000000000000').replaceAll('-', ''), 'hex'),
      uint16(id.length),
      id,
      coseKey(publicKey, wrong.algorithm ?? -7),
    ]);
    const authData = Buffer.concat([this.authenticatorData(rpId, wrong, true), attested]);
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

  /** What `navigator.credentials.get()` gives, as JSON, signed with the newest passkey that fits. */
  get(options: RequestOptions, wrong: Wrong = {}) {
    const rpId = options.rpId ?? new URL(this.settings.origin).hostname;
    const isAllowed = ({ id }: Key) =>
      !options.allowCredentials || options.allowCredentials.some((allowed) => allowed.id === id.toString('base64url'));
    const key = this.keys.findLast((candidate) => candidate.rpId === rpId && isAllowed(candidate));
    if (!key) throw new DOMException('No passkey fits', 'NotAllowedError');
    return this.sign(key, options, wrong);
  }

  /** As `get`, with a passkey of the test's choice, whether the request allows it or not. */
  sign(key: Key, options: RequestOptions, wrong: Wrong = {}) {
    const authData = this.authenticatorData(key.rpId, wrong, false);
    const clientData = this.clientData('webauthn.get', options.challenge, wrong);
    const signed = Buffer.concat([authData, sha256(clientData)]);
    const signature = createSign('sha256').update(signed).sign(key.privateKey);
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

  private authenticatorData(rpId: string, wrong: Wrong, isAttested: boolean): Buffer {
    if (this.settings.counter !== undefined) this.counter += 1;
    const { isBackupEligible = true, isBackedUp = true } = this.settings;
    const flags =
      bit(wrong.up ?? true, 0) |
      bit(wrong.uv ?? true, 2) |
      bit(wrong.be ?? isBackupEligible, 3) |
      bit(wrong.bs ?? isBackedUp, 4) |
      bit(isAttested, 6);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(wrong.counter ?? this.counter);
    return Buffer.concat([sha256(wrong.rpId ?? rpId), Buffer.from([flags]), counter]);
  }

  private clientData(type: string, challenge: string, wrong: Wrong): Buffer {
    const { crossOrigin = false, topOrigin } = wrong;
    const origin = wrong.origin ?? this.settings.origin;
    const data = { type: wrong.type ?? type, challenge: wrong.challenge ?? challenge, origin, crossOrigin, topOrigin };
    return Buffer.from(JSON.stringify(data));
  }
}

const bit = (isSet: boolean, position: number) => (isSet ? 1 << position : 0);
const sha256 = (value: string | Buffer) => createHash('sha256').update(value).digest();

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** An EC2 key on P-256 (RFC 9053 §7.1.1). */
function coseKey(publicKey: KeyObject, algorithm: number): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return cbor(
    new Map<number, CborValue>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}

type CborValue = number | string | Buffer | Map<string, CborValue> | Map<number, CborValue>;

/** The part of CBOR that WebAuthn needs here (RFC 8949 §3.1): integers, bytes, text, maps. */
function cbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, item]) => [cbor(key), cbor(item)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

function head(majorType: number, argument: number): Buffer {
  const type = majorType << 5;
  if (argument < 24) return Buffer.from([type | argument]);
  if (argument < 0x100) return Buffer.from([type | 24, argument]);
  return Buffer.concat([Buffer.from([type | 25]), uint16(argument)]);
}
