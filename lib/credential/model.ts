import { emailOf, type Identity, type VerifiableAddress } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { AppError } from '@/lib/platform/errors';
import { nameFault } from '@/lib/platform/text';
import type { Device } from '@/lib/platform/user-agent';
import type { Project } from '@/lib/project/model';
import type { Session } from '@/lib/session/model';
import aaguids from './aaguids.json';

/** A WebAuthn credential record (WebAuthn L3 §4). */
export type Passkey = {
  id: string;
  projectId: string;
  identityId: string;
  /** WebAuthn credential ID, base64url. */
  credentialId: string;
  /** COSE_Key (RFC 9052 §7). */
  publicKey: Uint8Array<ArrayBuffer>;
  signCount: bigint;
  /** Self-declared authenticator model, not attested: used only for display names. */
  aaguid: string;
  /** As reported by the browser, such as `internal`, `hybrid`, `usb`. */
  transports: string[];
  /** Whether it may ever be copied to another device. Never changes (WebAuthn L3 §6.1.3). */
  isBackupEligible: boolean;
  /** Backup state at the last use. */
  isBackedUp: boolean;
  /** The only relying party it works for. */
  rpId: string;
  name: string;
  /** How the session that added it was authenticated. */
  addedBy: PasskeyOrigin;
  /** The session that added it; it may have ended. */
  addedSessionId: string | null;
  /** ID of the verifiable address whose mailbox that session had proven, or null. */
  addressId: string | null;
  createdAt: Date;
  /** At most a minute behind; null if never used. */
  lastUsedAt: Date | null;
  /** When its counter last did not increase (WebAuthn L3 §6.1.1): it may have been copied. Null if never. */
  counterWarnedAt: Date | null;
};

export const PASSKEY_ORIGINS = ['session', 'recovery', 'setup', 'unknown'] as const;
/**
 * How a passkey was added: in an ordinary session, in a session derived from a recovery, or during setup. `unknown`:
 * imported, added before the origin was recorded, or added in a session that proved no mailbox.
 */
export type PasskeyOrigin = (typeof PASSKEY_ORIGINS)[number];

/** Origin of a passkey. */
export type Provenance = Pick<Passkey, 'addedBy' | 'addedSessionId' | 'addressId'>;

/** A verified registration that is not yet linked to an identity. */
export type NewPasskey = Pick<
  Passkey,
  'credentialId' | 'publicKey' | 'signCount' | 'aaguid' | 'transports' | 'isBackupEligible' | 'isBackedUp' | 'rpId'
>;

/** The purpose of a challenge. A challenge is valid for no other purpose. */
export const CEREMONIES = ['registration', 'authentication', 'step_up', 'setup', 'acceptance', 'pairing'] as const;
export type Ceremony = (typeof CEREMONIES)[number];

/** Why a passkey was refused. Log and audit log record only this reason, never the received data. */
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
  /** Ceremony state as JSON text, or null. */
  details: string | null;
  createdAt: Date;
  expiresAt: Date;
};

/** Request context of a ceremony without a session. */
export type CeremonyContext = { projectId: string; requestId: string; address: string; userAgent?: string };

/** Input for the Signal API (WebAuthn L3 §5.1.10), which keeps password managers in sync with the server. */
export type PasskeySignals = {
  rpId: string;
  userId: string;
  /** Complete: a password manager may hide or remove any passkey not listed. */
  allAcceptedCredentialIds: string[];
  name: string;
  displayName: string;
};

/** Icon of a provider. */
export type ProviderKind = 'platform' | 'phone' | 'password-manager' | 'security-key';
export type Provider = { name: string; kind: ProviderKind };

/** Enough for every device of a person; few enough to send with each ceremony. */
export const MAX_PASSKEYS = 50;

/** WebAuthn L3 §15.1 recommends 300 000 ms for ceremonies with user verification. */
export const CEREMONY_SECONDS = 300;

/** Minimum interval between writes of `lastUsedAt`. */
const USE_SECONDS = 60;

const MAX_NAME_LENGTH = 64;
const MAX_NAME_UNITS = 512;

const PROVIDERS = new Map<string, Provider>(
  aaguids.groups.flatMap(({ kind, names }) =>
    Object.entries(names).map(([aaguid, name]): [string, Provider] => [aaguid, { name, kind: toKind(kind) }]),
  ),
);

/** `synced` is shown as "Synced", `device` as "This device only". */
export function syncState({ isBackedUp }: Pick<Passkey, 'isBackedUp'>): 'synced' | 'device' {
  return isBackedUp ? 'synced' : 'device';
}

/** The provider named by the AAGUID; null for an unknown or zero AAGUID. */
export function providerOf({ aaguid }: Pick<Passkey, 'aaguid'>): Provider | null {
  return PROVIDERS.get(aaguid) ?? null;
}

/** Icon of the provider, otherwise inferred from the transports (WebAuthn L3 §5.8.4). */
export function kindOf(passkey: Pick<Passkey, 'aaguid' | 'transports'>): ProviderKind {
  const { transports } = passkey;
  const providerKind = providerOf(passkey)?.kind;
  if (providerKind) return providerKind;
  if (transports.includes('internal') || transports.length === 0) return 'platform';
  return transports.includes('hybrid') ? 'phone' : 'security-key';
}

/**
 * Initial name: the provider, otherwise the device for a platform passkey, otherwise "Passkey". A number is appended
 * when the name is taken.
 */
export function defaultName(
  passkey: Pick<Passkey, 'aaguid' | 'transports'>,
  device: Pick<Device, 'browser' | 'system'>,
  taken: string[],
): string {
  const isPlatform = kindOf(passkey) === 'platform';
  const name = providerOf(passkey)?.name ?? ((isPlatform && deviceName(device)) || 'Passkey');
  const used = new Set(taken.map((other) => other.toLowerCase()));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} ${number}`;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}

/**
 * Normalizes a typed name: trimmed, NFC, 1 to 64 grapheme clusters. Characters that could make one row look like
 * another are refused (`nameFault`).
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

/** User entity shown by authenticators: the sign-in identifier and the display name (WebAuthn L3 §5.4.3). */
export function holderOf(identity: Identity): { userHandle: string; name: string; displayName: string } {
  const name = emailOf(identity) ?? identity.identifiers[0] ?? 'Signet';
  return { userHandle: identity.userHandle, name, displayName: displayName(identity) || name };
}

/**
 * From all passkeys of an identity; omits those for an earlier host name, which belong to another relying party.
 */
export function toSignals({ rpId }: Pick<Project, 'rpId'>, identity: Identity, passkeys: Passkey[]): PasskeySignals {
  const { userHandle: userId, name, displayName: shown } = holderOf(identity);
  const accepted = passkeys.filter((passkey) => passkey.rpId === rpId);
  const allAcceptedCredentialIds = accepted.map(({ credentialId }) => credentialId);
  return { rpId, userId, allAcceptedCredentialIds, name, displayName: shown };
}

/** Provenance of a passkey added in this session. */
export function provenanceOf({ id, method, isRecovered, addressId }: Session): Provenance {
  const hasKnownOrigin = addressId !== null || method === 'setup';
  return { addedBy: isRecovered ? 'recovery' : hasKnownOrigin ? 'session' : 'unknown', addedSessionId: id, addressId };
}

/** Fields a session inherits from the passkey that opens it. */
export function inheritedFrom({ addedBy, addressId }: Passkey): Pick<Session, 'isRecovered' | 'addressId'> {
  return { isRecovered: addedBy === 'recovery', addressId: isTrusted(addedBy) ? addressId : null };
}

/**
 * Whether the passkey was added after this address was verified, in a session that had proven its mailbox. Any other
 * passkey may belong to another party.
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

/** Whether the identity has an e-mail address to sign in with. */
export function canSignInByMail(identity: Pick<Identity, 'verifiableAddresses'>): boolean {
  return emailOf(identity) !== null;
}

/** Protects the last sign-in method. Passkeys of other relying parties do not count. Refuses: `last_sign_in_method`. */
export function guardLastSignInMethod(
  identity: Pick<Identity, 'verifiableAddresses'>,
  others: Pick<Passkey, 'rpId'>[],
  rpId: string,
): void {
  if (others.some((other) => other.rpId === rpId) || canSignInByMail(identity)) return;
  throw new AppError('last_sign_in_method');
}

/**
 * WebAuthn L3 §6.1.1 and §7.2 step 22: a counter that is in use and does not increase may indicate a cloned passkey.
 * Synced passkeys do not count (zero stays zero), so this is reported, not refused.
 */
export function isCounterSuspicious(stored: bigint, received: bigint): boolean {
  return (stored > 0n || received > 0n) && received <= stored;
}

/** Whether this use must be written. */
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
