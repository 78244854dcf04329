import type { Actor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import type { Json, JsonObject } from '@/lib/platform/json';
import type { HeldRole } from '@/lib/role/model';

export const IDENTITY_STATES = ['active', 'inactive'] as const;
export type IdentityState = (typeof IDENTITY_STATES)[number];

/** `deleting`: the owner has deleted the account, in any state, and its grace time is running. */
export const STATE_FILTERS = [...IDENTITY_STATES, 'deleting'] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

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
  /** Sessions, codes and ceremonies issued under an older epoch are revoked. */
  revocationEpoch: number;
  /**
   * JSON Pointer of the only identifying trait, set when the identity became an operator; null: every trait the schema
   * marks.
   */
  identifierPointer: string | null;
  /** Incremented by every visible change; the ETag. */
  version: number;
  /** ID of the picture, or null. */
  pictureId: string | null;
  /** The last sign-in, at most a minute behind; null: none known. */
  signedInAt: Date | null;
  /** The person deleted their account: it is purged at this time unless they sign in before. */
  deletionDueAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  identifiers: string[];
  verifiableAddresses: VerifiableAddress[];
  recoveryAddresses: RecoveryAddress[];
  operatorRoles: HeldRole[];
  passkeyCount: number;
};

/** The part of an identity that responses contain, as stored: JSON as text, times as ISO 8601. For long lists. */
export type StoredIdentity = Pick<Identity, 'id' | 'schemaId' | 'state' | 'externalId' | 'pictureId'> &
  StoredTimes & {
    stateChangedAt: string;
    traits: string;
    metadataPublic: string | null;
    metadataAdmin: string | null;
    deletionDueAt: string | null;
    verifiableAddresses: Array<
      Pick<VerifiableAddress, 'id' | 'value' | 'verified' | 'status'> & { verifiedAt: string | null } & StoredTimes
    >;
    recoveryAddresses: Array<Pick<RecoveryAddress, 'id' | 'value'> & StoredTimes>;
  };

/** An identity as stored, with what its ETag and its `credentials` are made of. */
export type StoredWhole = Pick<Identity, 'id' | 'projectId' | 'version' | 'userHandle' | 'passkeyCount'> & {
  stored: StoredIdentity;
};

type StoredTimes = { createdAt: string; updatedAt: string };

/**
 * An email change made by the person: until it expires, the old address is reserved for them and a link restores it.
 */
export type EmailChange = {
  id: string;
  projectId: string;
  identityId: string;
  linkHash: string;
  /** Normalized. */
  oldAddress: string;
  /** JSON Pointer of the address's trait. */
  pointer: string;
  createdAt: Date;
  expiresAt: Date;
};

/** In characters. */
export const MAX_EXTERNAL_ID_LENGTH = 255;

export const UNDO_DAYS = 7;

/** Fields changed in one write; absent fields are kept. */
export type IdentityChange = {
  schemaId?: string;
  /** Absent: the version in use, or the latest of another schema. */
  schemaVersion?: number;
  state?: IdentityState;
  traits?: JsonObject;
  metadataPublic?: Json;
  metadataAdmin?: Json;
  externalId?: string | null;
  /** Addresses (normalized) whose verified flag is set or cleared. */
  verified?: Record<string, boolean>;
  /** Revokes everything issued so far, as deactivation does. */
  isRevoked?: boolean;
  /** The caller notifies the addresses of the change. */
  isAnnounced?: boolean;
  /** The event that this change undoes. */
  undoes?: string;
};

/** The address that receives mail: the first verified one, else the first. */
export function emailOf(identity: Pick<Identity, 'verifiableAddresses'>): string | null {
  const { verifiableAddresses: addresses } = identity;
  return (addresses.find((address) => address.verified) ?? addresses[0])?.value ?? null;
}

/**
 * The ID of a verifiable address (normalized), or null. Removing an address retires its ID; re-adding it creates
 * another.
 */
export function addressIdOf(
  { verifiableAddresses }: Pick<Identity, 'verifiableAddresses'>,
  value: string,
): string | null {
  return verifiableAddresses.find((address) => address.value === value)?.id ?? null;
}

/** Inspects an identity before it or its dependents are written; throws to refuse the write. */
export type Guard = (current: Identity) => void;

/** Contract 8.1: programs may read operators, never change them. Refuses: `operator_protected`. */
export function guardOperators(actor: Actor, identity: Pick<Identity, 'operatorRoles'>): void {
  if (actor.kind === 'api_credential' && identity.operatorRoles.length > 0) throw new AppError('operator_protected');
}

/**
 * Addresses of an identity that identify another one. Both had the same address in two forms before forms were
 * compared; the older identity kept the identifier. Otherwise an address exists exactly as long as its identifier.
 */
export function displacedAddresses({
  verifiableAddresses,
  identifiers,
}: Omit<Addresses, 'recoveryAddresses'>): string[] {
  return verifiableAddresses.map(({ value }) => value).filter((value) => !identifiers.includes(value));
}

export type Addresses = Pick<Identity, 'identifiers' | 'verifiableAddresses' | 'recoveryAddresses'>;
