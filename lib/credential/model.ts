import { emailOf, type Identity, type VerifiableAddress } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { AppError } from '@/lib/platform/errors';
import { nameFault } from '@/lib/platform/text';
import type { Device, Session } from '@/lib/session/model';
import aaguids from './aaguids.json';

/** A WebAuthn credential record (WebAuthn L3 §4). */
export type Passkey = {
  id: string;
  projectId: string;
  identityId: string;
  /** base64url, as WebAuthn names it. */
  credentialId: string;
  /** COSE_Key (RFC 9052 §7). */
  publicKey: Uint8Array<ArrayBuffer>;
  signCount: bigint;
  /** What made it, as it says itself: for names only, since nothing attests it. */
  aaguid: string;
  /** As the browser named them, such as `internal`, `hybrid`, `usb`. */
  transports: string[];
  /** Whether it may ever be copied to another device; fixed for good (WebAuthn L3 §6.1.3). */
  isBackupEligible: boolean;
  /** Whether it was copied at its last use. */
  isBackedUp: boolean;
  /** The relying party it was made for. It works for no other. */
  rpId: string;
  name: string;
  /** What the session that added it rested on. */
  addedBy: PasskeyOrigin;
  /** The session that added it; it may be long over. */
  addedSessionId: string | null;
  /** The verifiable address whose mailbox that session had proven, by its id, or null. */
  addressId: string | null;
  createdAt: Date;
  /** At most a minute late; null: never used. */
  lastUsedAt: Date | null;
};

export const PASSKEY_ORIGINS = ['session', 'recovery', 'setup', 'unknown'] as const;
/**
 * How a passkey was added: in a session of the person's own, in one that goes back to a recovery, or at set-up. `unknown`:
 * imported, added before this was recorded, or in a session that proved no mailbox.
 */
export type PasskeyOrigin = (typeof PASSKEY_ORIGINS)[number];

/** Where a passkey comes from. */
export type Provenance = Pick<Passkey, 'addedBy' | 'addedSessionId' | 'addressId'>;

/** What a browser made and we have verified, before it belongs to anybody. */
export type NewPasskey = Pick<
  Passkey,
  'credentialId' | 'publicKey' | 'signCount' | 'aaguid' | 'transports' | 'isBackupEligible' | 'isBackedUp' | 'rpId'
>;

/** What a challenge was issued for; it is good for nothing else. */
export const CEREMONIES = ['registration', 'authentication', 'step_up', 'setup', 'acceptance'] as const;
export type Ceremony = (typeof CEREMONIES)[number];

/** Why a passkey was refused: all that the log and the audit log say of it, since what was received is not ours to keep. */
export const PASSKEY_REFUSALS = [
  'malformed_response',
  'wrong_ceremony',
  'wrong_challenge',
  'wrong_origin',
  'framed',
  'wrong_rp_id',
  'user_not_present',
  'user_not_verified',
  'impossible_backup_state',
  'changed_backup_eligibility',
  'attestation_format',
  'unsupported_algorithm',
  'unusable_key',
  'wrong_credential_id',
  'wrong_user',
  'wrong_signature',
] as const;
export type PasskeyRefusal = (typeof PASSKEY_REFUSALS)[number];

export type Challenge = {
  id: string;
  projectId: string;
  ceremony: Ceremony;
  /** base64url of 32 random bytes. */
  value: string;
  browserHash: string;
  identityId: string | null;
  sessionId: string | null;
  revocationEpoch: number | null;
  /** JSON text that the ceremony must remember, or null. */
  details: string | null;
  createdAt: Date;
  expiresAt: Date;
};

/** What a ceremony without a session must know of the request. */
export type CeremonyContext = { projectId: string; requestId: string; address: string };

/** What the Signal API (WebAuthn L3 §5.1.10) is told, so that a password manager shows what we know. */
export type PasskeySignals = {
  rpId: string;
  userId: string;
  /** Complete: a password manager may hide or remove what is missing here. */
  allAcceptedCredentialIds: string[];
  name: string;
  displayName: string;
};

/** Which of our own icons stands for a provider. */
export type ProviderKind = 'platform' | 'phone' | 'password-manager' | 'security-key';
export type Provider = { name: string; kind: ProviderKind };

/** Enough for every device a person owns, and few enough to be sent along with each ceremony. */
export const MAX_PASSKEYS = 50;

/** WebAuthn L3 §15.1 recommends 300 000 ms for ceremonies with user verification. */
export const CEREMONY_SECONDS = 300;

/** `lastUsedAt` is written once in this time at most. */
const USE_SECONDS = 60;

const MAX_NAME_LENGTH = 64;
const MAX_NAME_UNITS = 512;

const PROVIDERS = new Map<string, Provider>(
  aaguids.groups.flatMap(({ kind, names }) =>
    Object.entries(names).map(([aaguid, name]): [string, Provider] => [aaguid, { name, kind: toKind(kind) }]),
  ),
);

/** "Synced", or "This device only". */
export function syncState({ isBackedUp }: Pick<Passkey, 'isBackedUp'>): 'synced' | 'device' {
  return isBackedUp ? 'synced' : 'device';
}

/** What the AAGUID tells, or null: unknown ones and the zero AAGUID tell nothing. */
export function providerOf({ aaguid }: Pick<Passkey, 'aaguid'>): Provider | null {
  return PROVIDERS.get(aaguid) ?? null;
}

/** The icon's kind: the provider's, else what the transports suggest (WebAuthn L3 §5.8.4). */
export function kindOf(passkey: Pick<Passkey, 'aaguid' | 'transports'>): ProviderKind {
  const { transports } = passkey;
  const known = providerOf(passkey)?.kind;
  if (known) return known;
  if (transports.includes('internal') || transports.length === 0) return 'platform';
  return transports.includes('hybrid') ? 'phone' : 'security-key';
}

/**
 * A first name: the provider's, else for a passkey that lives in this device the device's, else "Passkey"; with a number
 * when the person has one of that name already.
 */
export function defaultName(
  passkey: Pick<Passkey, 'aaguid' | 'transports'>,
  device: Pick<Device, 'browser' | 'system'>,
  taken: string[],
): string {
  const isHere = kindOf(passkey) === 'platform';
  const name = providerOf(passkey)?.name ?? ((isHere && deviceName(device)) || 'Passkey');
  const used = new Set(taken.map((other) => other.toLowerCase()));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} ${number}`;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}

/**
 * A name as a person typed it: trimmed, composed, 1 to 64 characters as people count them. What could make one row read as another
 * is refused (`nameFault`).
 * Refuses: `invalid_input` at `/name`.
 */
export function toPasskeyName(typed: string): string {
  const name = typed.trim().normalize('NFC');
  const fault = nameFault(name);
  if (fault === 'empty') throw badName('minLength', 'The name is empty');
  const isTooLong = name.length > MAX_NAME_UNITS || [...new Intl.Segmenter().segment(name)].length > MAX_NAME_LENGTH;
  if (isTooLong) throw badName('maxLength', `The name is longer than ${MAX_NAME_LENGTH} characters`);
  if (fault) throw badName('pattern', 'The name contains characters that cannot be displayed');
  return name;
}

/** How a passkey shows whose it is: what a person signs in with, and their name (WebAuthn L3 §5.4.3). */
export function holderOf(identity: Identity): { userHandle: string; name: string; displayName: string } {
  const name = emailOf(identity) ?? identity.identifiers[0] ?? 'Signet';
  return { userHandle: identity.userHandle, name, displayName: displayName(identity) || name };
}

/** Of a passkey that is added in this session. */
export function provenanceOf({ id, method, isRecovered, addressId }: Session): Provenance {
  const isKnown = addressId !== null || method === 'setup';
  return { addedBy: isRecovered ? 'recovery' : isKnown ? 'session' : 'unknown', addedSessionId: id, addressId };
}

/** What a session inherits from the passkey that opens it. */
export function inheritedFrom({ addedBy, addressId }: Passkey): Pick<Session, 'isRecovered' | 'addressId'> {
  return { isRecovered: addedBy === 'recovery', addressId: isTrusted(addedBy) ? addressId : null };
}

/**
 * Whether a passkey was added by someone who had proven this address, after it was verified. Any other may have been added by
 * another party.
 */
export function isAddedByHolder(
  { addedBy, addressId, createdAt }: Passkey,
  { id, verifiedAt }: Pick<VerifiableAddress, 'id' | 'verifiedAt'>,
): boolean {
  return isTrusted(addedBy) && addressId === id && verifiedAt !== null && createdAt >= verifiedAt;
}

function isTrusted(addedBy: PasskeyOrigin): boolean {
  return addedBy === 'session' || addedBy === 'setup';
}

/** Sign-in by mail works for whoever has an address that mails can go to. */
export function canSignInByMail(identity: Pick<Identity, 'verifiableAddresses'>): boolean {
  return emailOf(identity) !== null;
}

/** The last way to sign in stays. A passkey made for another relying party is none. Refuses: `last_sign_in_method`. */
export function guardLastSignInMethod(
  identity: Pick<Identity, 'verifiableAddresses'>,
  others: Pick<Passkey, 'rpId'>[],
  rpId: string,
): void {
  if (others.some((other) => other.rpId === rpId) || canSignInByMail(identity)) return;
  throw new AppError('last_sign_in_method');
}

/**
 * WebAuthn L3 §6.1.1 and §7.2 step 22: a counter that is used and does not grow may mean a copied passkey. Most passkeys
 * are copied on purpose and count nothing (zero stays zero), so it is told, not refused.
 */
export function isCounterSuspicious(stored: bigint, received: bigint): boolean {
  return (stored > 0n || received > 0n) && received <= stored;
}

/** Whether this use is to be written down. */
export function isUseDue({ lastUsedAt }: Pick<Passkey, 'lastUsedAt'>, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= USE_SECONDS * 1000;
}

function deviceName({ browser, system }: Pick<Device, 'browser' | 'system'>): string | null {
  if (browser !== null && system !== null) return `${browser} (${system})`;
  return browser ?? system;
}

function toKind(kind: string): ProviderKind {
  switch (kind) {
    case 'phone':
    case 'password-manager':
    case 'security-key':
      return kind;
    default:
      return 'platform';
  }
}

function badName(keyword: 'pattern' | 'minLength' | 'maxLength', message: string): AppError {
  const violation = { pointer: '/name', message, keyword, params: { max: MAX_NAME_LENGTH } };
  return new AppError('invalid_input', { reason: message, violations: [violation] });
}
