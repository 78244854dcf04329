import type { Prisma } from '@/generated/sqlite/client';
import { newId } from '@/lib/platform/ids';
import type { Json } from '@/lib/platform/json';
import { toUnion } from '@/lib/platform/union';
import { OPERATOR_ROLES } from '@/lib/role/model';
import {
  ADDRESS_STATUSES,
  IDENTITY_STATES,
  type Identity,
  type RecoveryAddress,
  type VerifiableAddress,
} from '../model';
import { searchTextOf, sortNameOf } from '../model/search';

/** The columns and relations read for an identity. */
export const WITH_PARTS = {
  identifiers: { orderBy: { id: 'asc' } },
  verifiableAddresses: { orderBy: { id: 'asc' } },
  recoveryAddresses: { orderBy: { id: 'asc' } },
  operators: { select: { organizationId: true, role: true } },
  // Not `_count`, which counts the passkeys of all identities before joining.
  passkeys: { select: { id: true } },
} as const;

type Row = Prisma.IdentityGetPayload<{ include: typeof WITH_PARTS }>;

export function toIdentity(row: Row): Identity {
  return {
    id: row.id,
    projectId: row.projectId,
    schemaId: row.schemaId,
    schemaVersion: row.schemaVersion,
    state: toUnion(IDENTITY_STATES, row.state),
    stateChangedAt: row.stateChangedAt,
    traits: JSON.parse(row.traits),
    metadataPublic: fromText(row.metadataPublic),
    metadataAdmin: fromText(row.metadataAdmin),
    externalId: row.externalId,
    userHandle: row.userHandle,
    locale: row.locale,
    revocationEpoch: row.revocationEpoch,
    identifierPointer: row.identifierPointer,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    identifiers: row.identifiers.map(({ value }) => value),
    verifiableAddresses: row.verifiableAddresses.map(({ projectId: _p, identityId: _i, ...address }) => ({
      ...address,
      via: 'email' as const,
      status: toUnion(ADDRESS_STATUSES, address.status),
    })),
    recoveryAddresses: row.recoveryAddresses.map(({ projectId: _p, identityId: _i, ...address }) => ({
      ...address,
      via: 'email' as const,
    })),
    operatorRoles: row.operators.map(({ organizationId, role }) => ({
      organizationId,
      role: toUnion(OPERATOR_ROLES, role),
    })),
    passkeyCount: row.passkeys.length,
  };
}

/** The columns that a change may write. */
export function toRow(identity: Identity) {
  return {
    schemaId: identity.schemaId,
    schemaVersion: identity.schemaVersion,
    state: identity.state,
    stateChangedAt: identity.stateChangedAt,
    traits: JSON.stringify(identity.traits),
    metadataPublic: toText(identity.metadataPublic),
    metadataAdmin: toText(identity.metadataAdmin),
    externalId: identity.externalId,
    searchText: searchTextOf(identity),
    sortName: sortNameOf(identity),
    userHandle: identity.userHandle,
    revocationEpoch: identity.revocationEpoch,
    identifierPointer: identity.identifierPointer,
    updatedAt: identity.updatedAt,
  };
}

export function toIdentifierRow({ id: identityId, projectId, updatedAt: createdAt }: Identity, value: string) {
  return { id: newId(), projectId, identityId, value, createdAt };
}

export function toVerifiableRow({ id: identityId, projectId }: Identity, address: VerifiableAddress) {
  return { ...address, projectId, identityId };
}

export function toRecoveryRow({ id: identityId, projectId }: Identity, address: RecoveryAddress) {
  return { ...address, projectId, identityId };
}

const toText = (value: Json) => (value === null ? null : JSON.stringify(value));
const fromText = (text: string | null): Json => (text === null ? null : JSON.parse(text));
