import { diffJson } from '@/lib/audit/model';
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
  /** Its own, when it was known elsewhere before. */
  id?: string;
  createdAt?: Date;
  updatedAt?: Date;
  stateChangedAt?: Date;
  /** What is known of addresses that the traits name. */
  knownAddresses?: Pick<Identity, 'verifiableAddresses' | 'recoveryAddresses'>;
  metadataPublic?: Json;
  metadataAdmin?: Json;
  externalId?: string | null;
  /** A new person's WebAuthn user.id when a ceremony has used it already; else it is made here. */
  userHandle?: string;
  /** Addresses that are known to be theirs. */
  verifiedAddresses?: string[];
  locale?: string | null;
};

/** An identity as it will be written. Its traits are known to fit the schema. */
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
    createdAt: input.createdAt ?? now,
    updatedAt: input.updatedAt ?? now,
    operatorRoles: [],
    passkeyCount: 0,
    ...deriveAddresses(identifierValues(schema.document, input.traits, null), known, verified, now),
  };
}

/** What the audit event of a creation tells: all that clients can see, where nothing was. */
export function creationDetails(identity: Identity): Record<string, unknown> {
  return { changes: diffJson(NOTHING, visible(identity)) };
}

/** What stands there before an identity does. */
const NOTHING: JsonObject = { metadata_public: null, metadata_admin: null, external_id: null };

/** What clients can see of an identity: a difference here is a change. */
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
