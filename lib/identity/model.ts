import type { Actor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import type { Json, JsonObject } from '@/lib/platform/json';
import type { HeldRole } from '@/lib/role/model';

export const IDENTITY_STATES = ['active', 'inactive'] as const;
export type IdentityState = (typeof IDENTITY_STATES)[number];

export const ADDRESS_STATUSES = ['pending', 'sent', 'completed'] as const;
export type AddressStatus = (typeof ADDRESS_STATUSES)[number];

export type VerifiableAddress = {
  id: string;
  value: string;
  via: 'email';
  verified: boolean;
  verifiedAt: Date | null;
  status: AddressStatus;
  createdAt: Date;
  updatedAt: Date;
};

export type RecoveryAddress = { id: string; value: string; via: 'email'; createdAt: Date; updatedAt: Date };

/** Who somebody is. */
export type Identity = {
  id: string;
  projectId: string;
  schemaId: string;
  schemaVersion: number;
  state: IdentityState;
  stateChangedAt: Date;
  traits: JsonObject;
  metadataPublic: Json;
  metadataAdmin: Json;
  externalId: string | null;
  /** WebAuthn user.id, base64url. */
  userHandle: string;
  /** The language the person chose, or null. */
  locale: string | null;
  /** What was issued under an older epoch (sessions, codes, ceremonies) is over. */
  revocationEpoch: number;
  /** JSON Pointer of the one trait that identifies, once the identity became an operator; null: all that the schema marks. */
  identifierPointer: string | null;
  /** Grows with every visible change; the ETag. */
  version: number;
  createdAt: Date;
  updatedAt: Date;
  identifiers: string[];
  verifiableAddresses: VerifiableAddress[];
  recoveryAddresses: RecoveryAddress[];
  operatorRoles: HeldRole[];
  passkeyCount: number;
};

/** A change of address that its person made: until it expires the old one is reserved for them, and a link brings it back. */
export type EmailChange = {
  id: string;
  projectId: string;
  identityId: string;
  linkHash: string;
  /** Normalised. */
  oldAddress: string;
  /** JSON Pointer of the trait that held it. */
  pointer: string;
  createdAt: Date;
  expiresAt: Date;
};

/** In characters. */
export const MAX_EXTERNAL_ID_LENGTH = 255;

export const UNDO_DAYS = 7;

/** What may be changed of an identity in one go; what is absent stays. */
export type IdentityChange = {
  schemaId?: string;
  state?: IdentityState;
  traits?: JsonObject;
  metadataPublic?: Json;
  metadataAdmin?: Json;
  externalId?: string | null;
  /** Addresses (normalised) whose verified flag is set or cleared. */
  verified?: Record<string, boolean>;
  /** Ends what was issued so far, as deactivation does. */
  isRevoked?: boolean;
  /** The caller tells the addresses of the change. */
  isAnnounced?: boolean;
};

/** The address mails go to: the first verified one, else the first. */
export function emailOf(identity: Pick<Identity, 'verifiableAddresses'>): string | null {
  const { verifiableAddresses: addresses } = identity;
  return (addresses.find((address) => address.verified) ?? addresses[0])?.value ?? null;
}

/** The id of a verifiable address, given its value (normalised), or null. It ends with the address: one that comes back has another. */
export function addressIdOf(
  { verifiableAddresses }: Pick<Identity, 'verifiableAddresses'>,
  value: string,
): string | null {
  return verifiableAddresses.find((address) => address.value === value)?.id ?? null;
}

/** Looks at an identity that is about to be written, or what hangs on it, and throws when this must not be. */
export type Guard = (current: Identity) => void;

/** Contract 8.1: programs may read operators, never change them. Refuses: `operator_protected`. */
export function guardOperators(actor: Actor, identity: Pick<Identity, 'operatorRoles'>): void {
  if (actor.kind === 'api_credential' && identity.operatorRoles.length > 0) throw new AppError('operator_protected');
}

/**
 * Addresses of an identity that identify another one: both had one address in two forms before forms were compared, and the
 * older kept it. Everywhere else an address comes and goes with its identifier.
 */
export function displacedAddresses({
  verifiableAddresses,
  identifiers,
}: Omit<Addresses, 'recoveryAddresses'>): string[] {
  return verifiableAddresses.map(({ value }) => value).filter((value) => !identifiers.includes(value));
}

export type Addresses = Pick<Identity, 'identifiers' | 'verifiableAddresses' | 'recoveryAddresses'>;
