import { toHash } from '@simplewebauthn/server/helpers';
import type { Project } from '@/lib/project/model';
import { type Bytes, decodeItem } from './cbor';
import { refused } from './refusal';

/** Authenticator data (WebAuthn L3 §6.1). Extension outputs are ignored. */
export type AuthenticatorData = {
  rpIdHash: Bytes;
  isUserPresent: boolean;
  isUserVerified: boolean;
  isBackupEligible: boolean;
  isBackedUp: boolean;
  signCount: number;
  /** `publicKey` is the decoded CBOR item, unchecked. */
  attested: { aaguid: string; credentialId: Bytes; publicKey: unknown } | null;
};

const FLAG = {
  userPresent: 0x01,
  userVerified: 0x04,
  eligible: 0x08,
  backedUp: 0x10,
  attested: 0x40,
  extensions: 0x80,
};
const HEADER_BYTES = 37;
const AAGUID_BYTES = 16;

/** Throws unless the bytes are exactly one authenticator data structure. */
export function parseAuthenticatorData(bytes: Bytes): AuthenticatorData {
  if (bytes.length < HEADER_BYTES) throw new Error('The authenticator data is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(32);
  let rest = bytes.subarray(HEADER_BYTES);
  let attested: AuthenticatorData['attested'] = null;
  if (flags & FLAG.attested) ({ attested, rest } = parseAttested(rest));
  if (flags & FLAG.extensions) {
    const extensions = decodeItem(rest);
    if (!(extensions.item instanceof Map)) throw new Error('The extensions are not a map');
    rest = extensions.rest;
  }
  if (rest.length > 0) throw new Error('Bytes follow the authenticator data');
  return {
    rpIdHash: bytes.subarray(0, 32),
    isUserPresent: (flags & FLAG.userPresent) !== 0,
    isUserVerified: (flags & FLAG.userVerified) !== 0,
    isBackupEligible: (flags & FLAG.eligible) !== 0,
    isBackedUp: (flags & FLAG.backedUp) !== 0,
    signCount: view.getUint32(33),
    attested,
  };
}

/** L3 §7.1 steps 14 to 18, §7.2 steps 15 to 19: relying party, user presence, user verification, backup state. */
export async function checkAuthenticatorData({ rpId }: Pick<Project, 'rpId'>, data: AuthenticatorData): Promise<void> {
  const expected = Buffer.from(await toHash(rpId));
  if (!expected.equals(data.rpIdHash)) throw refused('wrong_rp_id');
  if (!data.isUserPresent) throw refused('user_not_present');
  if (!data.isUserVerified) throw refused('user_not_verified');
  if (data.isBackedUp && !data.isBackupEligible) throw refused('impossible_backup_state');
}

/** Attested credential data (L3 §6.5.1). */
function parseAttested(bytes: Bytes): { attested: NonNullable<AuthenticatorData['attested']>; rest: Bytes } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = AAGUID_BYTES + 2;
  const end = start + view.getUint16(AAGUID_BYTES);
  if (bytes.length < end) throw new Error('The credential ID is truncated');
  const { item, rest } = decodeItem(withFullMapHeader(bytes.subarray(end)));
  const attested = {
    aaguid: toUuid(bytes.subarray(0, AAGUID_BYTES)),
    credentialId: bytes.subarray(start, end),
    publicKey: item,
  };
  return { attested, rest };
}

/** `{1: "OKP", 3: -8, -1: "Ed25519"}` with a header for three entries; the fourth, x, follows. */
const SHORT_MAP = Buffer.from('a301634f4b500327206745643235353139', 'hex');

/** Firefox 117 encodes EdDSA keys as a map of three entries although it writes four. */
function withFullMapHeader(bytes: Bytes): Bytes {
  if (!SHORT_MAP.equals(bytes.subarray(0, SHORT_MAP.length))) return bytes;
  const corrected = new Uint8Array(bytes);
  corrected[0] = 0xa4;
  return corrected;
}

function toUuid(bytes: Bytes): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
