import type { Prisma } from '@/generated/sqlite/client';
import type { DatabaseKind } from '@/lib/platform/db/client';
import { columnsOf } from '@/lib/platform/db/columns';
import { toDate, toDateText } from '@/lib/platform/db/dates';
import { type Statement, statement } from '@/lib/platform/db/statement';
import { newId } from '@/lib/platform/ids';
import type { Json } from '@/lib/platform/json';
import { toUnion } from '@/lib/platform/union';
import { OPERATOR_ROLES } from '@/lib/role/model';
import {
  ADDRESS_STATUSES,
  IDENTITY_STATES,
  type Identity,
  type RecoveryAddress,
  type StoredIdentity,
  type StoredWhole,
  type VerifiableAddress,
} from '../model';
import { searchTextOf, sortNameOf } from '../model/search';

type Columns = Omit<Prisma.IdentityGetPayload<object>, 'searchText' | 'sortName' | 'signedInAt' | 'passkeyInvitedAt'>;

/** The parts as JSON: arrays of arrays, in any order. PostgreSQL aggregates no rows to null. */
type Parts = Record<keyof typeof PARTS, string | null>;
export type IdentityRow = Columns & Parts & { signedInAt: number; passkeyCount: number };

const COLUMNS = columnsOf(
  'i',
  `id projectId schemaId schemaVersion state stateChangedAt traits metadataPublic metadataAdmin externalId userHandle
   locale revocationEpoch identifierPointer version pictureId signedInAt deletionDueAt createdAt updatedAt`,
);
const PARTS = {
  identifiers: { table: 'Identifier', columns: 'id value' },
  verifiableAddresses: {
    table: 'VerifiableAddress',
    columns: 'id value status verified verifiedAt createdAt updatedAt',
  },
  recoveryAddresses: { table: 'RecoveryAddress', columns: 'id value createdAt updatedAt' },
  operators: { table: 'Operator', columns: 'id organizationId role' },
};

const PASSKEY_COUNT = '(SELECT count(*) FROM "Passkey" x WHERE x."identityId" = i.id) AS "passkeyCount"';

/**
 * The select list of `"Identity" i` for `toIdentity`. Aggregates are unsorted, because SQLite would sort each in a
 * temporary b-tree; parts are not joined, because they would multiply rows.
 */
export const IDENTITY_COLUMNS = columnsWith((part) => [
  COLUMNS,
  ...[part('identifiers'), part('verifiableAddresses'), part('recoveryAddresses'), part('operators')],
  PASSKEY_COUNT,
]);

/** For `toStored`: fewer columns, as an array, at a third of the cost. */
export const STORED_COLUMNS = columnsWith(storedColumns);

/** For `toStoredWhole`. */
const WHOLE_COLUMNS = columnsWith((part) => [
  columnsOf('i', 'projectId version userHandle'),
  PASSKEY_COUNT,
  ...storedColumns(part),
]);

type Part = (name: keyof typeof PARTS) => string;

function storedColumns(part: Part): string[] {
  const own = `id schemaId state stateChangedAt traits metadataPublic metadataAdmin externalId pictureId deletionDueAt
    createdAt updatedAt`;
  return [columnsOf('i', own), part('verifiableAddresses'), part('recoveryAddresses')];
}

function columnsWith(columns: (part: Part) => string[]): Record<DatabaseKind, string> {
  const partsBy =
    (aggregate: (row: string) => string): Part =>
    (name) => {
      const { table, columns: names } = PARTS[name];
      return `(SELECT ${aggregate(columnsOf('x', names))} FROM "${table}" x WHERE x."identityId" = i.id) AS "${name}"`;
    };
  return {
    sqlite: columns(partsBy((row) => `json_group_array(json_array(${row}))`)).join(', '),
    postgresql: columns(partsBy((row) => `json_agg(json_build_array(${row}))`)).join(', '),
  };
}

/** A statement for `toIdentity`; `from` begins with FROM and names the identity `i`. */
export function identityStatement(name: string, from: string): Statement<IdentityRow> {
  const { sqlite, postgresql } = IDENTITY_COLUMNS;
  return statement(name, { sqlite: `SELECT ${sqlite} ${from}`, postgresql: `SELECT ${postgresql} ${from}` });
}

/** The same for `toStoredWhole`. */
export function wholeStatement(name: string, from: string): Statement<WholeRow> {
  const { sqlite, postgresql } = WHOLE_COLUMNS;
  const text = { sqlite: `SELECT ${sqlite} ${from}`, postgresql: `SELECT ${postgresql} ${from}` };
  return statement(name, text, { dates: 'text', rows: 'arrays' });
}

export function toIdentity(row: IdentityRow): Identity {
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
    pictureId: row.pictureId,
    signedInAt: row.signedInAt === 0 ? null : new Date(row.signedInAt),
    deletionDueAt: row.deletionDueAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    identifiers: partsOf<[string, string]>(row.identifiers).map(([, value]) => value),
    verifiableAddresses: partsOf<VerifiableRow>(row.verifiableAddresses).map(toVerifiableAddress),
    recoveryAddresses: partsOf<RecoveryRow>(row.recoveryAddresses).map(toRecoveryAddress),
    operatorRoles: partsOf<[string, string, string]>(row.operators).map(([, organizationId, role]) => ({
      organizationId,
      role: toUnion(OPERATOR_ROLES, role),
    })),
    passkeyCount: row.passkeyCount,
  };
}

/** Parts begin with their ID, which sorts them: oldest first. */
function partsOf<Part extends [string, ...unknown[]]>(text: string | null): Part[] {
  const parts: Part[] = text === null || text === '[]' ? [] : JSON.parse(text);
  return parts.length < 2 ? parts : parts.sort(([one], [other]) => (one < other ? -1 : 1));
}

type VerifiableRow = [string, string, string, boolean | number, string | null, string, string];
type RecoveryRow = [string, string, string, string];

function toVerifiableAddress(part: VerifiableRow): VerifiableAddress {
  const [id, value, status, verified, verifiedAt, createdAt, updatedAt] = part;
  return {
    id,
    value,
    via: 'email',
    status: toUnion(ADDRESS_STATUSES, status),
    verified: Boolean(verified),
    verifiedAt: verifiedAt === null ? null : toDate(verifiedAt),
    createdAt: toDate(createdAt),
    updatedAt: toDate(updatedAt),
  };
}

function toRecoveryAddress([id, value, createdAt, updatedAt]: RecoveryRow): RecoveryAddress {
  return { id, value, via: 'email', createdAt: toDate(createdAt), updatedAt: toDate(updatedAt) };
}

export type StoredRow = [
  ...[id: string, schemaId: string, state: string, stateChangedAt: string, traits: string],
  ...[metadataPublic: string | null, metadataAdmin: string | null, externalId: string | null],
  ...[pictureId: string | null, deletionDueAt: string | null],
  ...[createdAt: string, updatedAt: string, verifiableAddresses: string | null, recoveryAddresses: string | null],
];

export function toStored(row: StoredRow): StoredIdentity {
  const [id, schemaId, state, stateChangedAt, traits, metadataPublic, metadataAdmin, externalId, ...rest] = row;
  const [pictureId, deletionDueAt, createdAt, updatedAt, verifiable, recovery] = rest;
  return {
    id,
    schemaId,
    state: toUnion(IDENTITY_STATES, state),
    stateChangedAt,
    traits,
    metadataPublic,
    metadataAdmin,
    externalId,
    pictureId,
    deletionDueAt,
    createdAt,
    updatedAt,
    verifiableAddresses: partsOf<VerifiableRow>(verifiable).map((part) => ({
      id: part[0],
      value: part[1],
      status: toUnion(ADDRESS_STATUSES, part[2]),
      verified: Boolean(part[3]),
      verifiedAt: part[4] === null ? null : toDateText(part[4]),
      createdAt: toDateText(part[5]),
      updatedAt: toDateText(part[6]),
    })),
    recoveryAddresses: partsOf<RecoveryRow>(recovery).map((part) => ({
      id: part[0],
      value: part[1],
      createdAt: toDateText(part[2]),
      updatedAt: toDateText(part[3]),
    })),
  };
}

type WholeRow = [projectId: string, version: number, userHandle: string, passkeyCount: number, ...StoredRow];

export function toStoredWhole([projectId, version, userHandle, passkeyCount, ...rest]: WholeRow): StoredWhole {
  const stored = toStored(rest);
  return { id: stored.id, projectId, version, userHandle, passkeyCount, stored };
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
