import { diffJson, type FieldChanges } from '@/lib/audit/model';
import { normalizeAddress } from '@/lib/platform/address';
import { newId } from '@/lib/platform/ids';
import type { Json, JsonObject } from '@/lib/platform/json';
import { randomToken } from '@/lib/platform/secret';
import { type IdentitySchema, identifierValues } from '@/lib/schema/model';
import type { Identity, IdentityState } from '../model';
import { deriveAddresses } from './derive-addresses';

export type CreateIdentityInput = {
  schemaId?: string;
  state?: IdentityState;
  traits: JsonObject;
  /** Kept when imported. */
  id?: string;
  createdAt?: Date;
  updatedAt?: Date;
  stateChangedAt?: Date;
  /** State of addresses that the traits contain. */
  knownAddresses?: Pick<Identity, 'verifiableAddresses' | 'recoveryAddresses'>;
  metadataPublic?: Json;
  metadataAdmin?: Json;
  externalId?: string | null;
  /** The WebAuthn user.id if a ceremony has used it already; otherwise generated. */
  userHandle?: string;
  /** Addresses known to be verified. */
  verifiedAddresses?: string[];
  locale?: string | null;
  /** Set when imported while its deletion was due. */
  deletionDueAt?: Date | null;
};

/** Builds an identity to be written. Its traits must be valid. */
export function newIdentity(projectId: string, schema: IdentitySchema, input: CreateIdentityInput): Identity {
  const now = new Date();
  const verified = Object.fromEntries(
    (input.verifiedAddresses ?? []).map((address) => [normalizeAddress(address), true]),
  );
  const known = input.knownAddresses ?? { verifiableAddresses: [], recoveryAddresses: [] };
  return {
    id: input.id ?? newId(),
    projectId,
    schemaId: schema.schemaId,
    schemaVersion: schema.version,
    state: input.state ?? 'active',
    stateChangedAt: input.stateChangedAt ?? now,
    traits: input.traits,
    metadataPublic: input.metadataPublic ?? null,
    metadataAdmin: input.metadataAdmin ?? null,
    externalId: input.externalId ?? null,
    userHandle: input.userHandle ?? randomToken(32),
    locale: input.locale ?? null,
    revocationEpoch: 0,
    identifierPointer: null,
    version: 1,
    pictureId: null,
    signedInAt: null,
    deletionDueAt: input.deletionDueAt ?? null,
    createdAt: input.createdAt ?? now,
    updatedAt: input.updatedAt ?? now,
    operatorRoles: [],
    passkeyCount: 0,
    ...deriveAddresses(identifierValues(schema.document, input.traits, null), known, verified, now),
  };
}

/** Details of the creation event: every visible field, from an empty `before`. */
export function creationDetails(identity: Identity): Record<string, unknown> {
  return { changes: diffJson(NOTHING, visible(identity)) };
}

/** The state before creation. */
const NOTHING: JsonObject = { metadata_public: null, metadata_admin: null, external_id: null };

/** The fields visible to clients; a difference in them is a change. */
export function visible(identity: Identity): JsonObject {
  return {
    schema_id: identity.schemaId,
    state: identity.state,
    traits: identity.traits,
    metadata_public: identity.metadataPublic,
    metadata_admin: identity.metadataAdmin,
    external_id: identity.externalId,
    verified: Object.fromEntries(identity.verifiableAddresses.map(({ value, verified }) => [value, verified])),
  };
}

/** The visible fields of an existing identity, which may move to another version of its schema. */
export function versioned(identity: Identity): JsonObject {
  return { ...visible(identity), schema_version: identity.schemaVersion };
}

/** The fields that are JSON themselves: their changes are recorded leaf by leaf. */
export function jsonFields(identity: Identity): JsonObject {
  const { traits, metadataPublic, metadataAdmin } = identity;
  return { traits, metadata_public: metadataPublic, metadata_admin: metadataAdmin };
}

/** The changes within `jsonFields`. */
export function jsonChanges(changes: FieldChanges): FieldChanges {
  return Object.fromEntries(Object.entries(changes).filter(([pointer]) => /^\/(traits|metadata_)/.test(pointer)));
}
