import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import { startingWith } from '@/lib/platform/db/starting-with';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Json } from '@/lib/platform/json';
import {
  type Identity,
  type IdentityState,
  type OperatorRole,
  type RecoveryAddress,
  searchTextOf,
  sortNameOf,
  type VerifiableAddress,
} from './model';

type Reader = Db | Tx;
type Row = Prisma.IdentityGetPayload<{ include: typeof WITH_PARTS }>;

const WITH_PARTS = {
  identifiers: { orderBy: { id: 'asc' } },
  verifiableAddresses: { orderBy: { id: 'asc' } },
  recoveryAddresses: { orderBy: { id: 'asc' } },
  operators: { select: { organizationId: true, role: true } },
  _count: { select: { passkeys: true } },
} as const;

export type IdentityFilter = {
  ids?: string[];
  /** Normalised; exact. */
  identifier?: string;
  /** Normalised; what one begins with. */
  identifierPrefix?: string;
  state?: IdentityState;
  schemaId?: string;
  /** In the form of the search text, which contains each of them. */
  words?: string[];
};

export type SearchOrder = { by: 'created' | 'name'; isDescending: boolean };
/** Where an identity stands in a list; the name is there when the list goes by it. */
export type Place = { id: string; sortName?: string };

export async function findIdentity(projectId: string, id: string, reader?: Reader): Promise<Identity | null> {
  const row = await (reader ?? (await db())).identity.findFirst({ where: { id, projectId }, include: WITH_PARTS });
  return row && toIdentity(row);
}

/** `address` is normalised. */
export async function findByIdentifier(projectId: string, address: string, reader?: Reader): Promise<Identity | null> {
  const row = await (reader ?? (await db())).identifier.findUnique({
    where: { projectId_value: { projectId, value: address } },
    include: { identity: { include: WITH_PARTS } },
  });
  return row && toIdentity(row.identity);
}

export async function findByExternalId(
  projectId: string,
  externalId: string,
  reader?: Reader,
): Promise<Identity | null> {
  const row = await (reader ?? (await db())).identity.findUnique({
    where: { projectId_externalId: { projectId, externalId } },
    include: WITH_PARTS,
  });
  return row && toIdentity(row);
}

export async function findByUserHandle(projectId: string, userHandle: string): Promise<Identity | null> {
  const row = await (await db()).identity.findFirst({ where: { userHandle, projectId }, include: WITH_PARTS });
  return row && toIdentity(row);
}

export async function listByOffset(
  projectId: string,
  filter: IdentityFilter,
  offset: number,
  limit: number,
): Promise<Identity[]> {
  return list(toWhere(projectId, filter), { skip: offset, take: limit });
}

/** The identities after an id, in id order: keyset paging, as fast on the last page as on the first. */
export async function listAfter(
  projectId: string,
  filter: IdentityFilter,
  after: string | null,
  limit: number,
): Promise<Identity[]> {
  const rest = after === null ? [] : [{ id: { gt: after } }];
  return list({ AND: [toWhere(projectId, filter), ...rest] }, { take: limit });
}

async function list(where: Prisma.IdentityWhereInput, window: { skip?: number; take: number }): Promise<Identity[]> {
  const rows = await (await db()).identity.findMany({ where, include: WITH_PARTS, orderBy: { id: 'asc' }, ...window });
  return rows.map(toIdentity);
}

/**
 * Whom a filter finds, in order, beyond a place. Reads nothing but what stands in one index, so that looking at many rows
 * to find a few stays cheap. `sortName >= x` beside the exact condition lets the index begin there.
 */
export async function search(
  projectId: string,
  filter: IdentityFilter,
  { by, isDescending }: SearchOrder,
  place: Place | null,
  limit: number,
): Promise<Place[]> {
  const direction = isDescending ? 'desc' : 'asc';
  const beyond = isDescending ? 'lt' : 'gt';
  const { id, sortName = '' } = place ?? {};
  const byName = [
    { sortName: { [`${beyond}e`]: sortName } },
    { OR: [{ sortName: { [beyond]: sortName } }, { id: { [beyond]: id } }] },
  ];
  const from = by === 'name' ? byName : [{ id: { [beyond]: id } }];
  return (await db()).identity.findMany({
    where: { AND: [toWhere(projectId, filter), ...(place ? from : [])] },
    select: { id: true, ...(by === 'name' && { sortName: true }) },
    orderBy: [...(by === 'name' ? [{ sortName: direction } as const] : []), { id: direction }],
    take: limit,
  });
}

export async function countIdentities(projectId: string, filter: IdentityFilter): Promise<number> {
  return (await db()).identity.count({ where: toWhere(projectId, filter) });
}

/** Stops counting at `most`. */
export async function countUpTo(projectId: string, filter: IdentityFilter, most: number): Promise<number> {
  return (await db()).identity.count({ where: toWhere(projectId, filter), take: most, orderBy: { id: 'asc' } });
}

/** Refuses: `identifier_taken`, `external_id_taken`; the unique indexes judge. */
export async function insertIdentity(tx: Tx, identity: Identity): Promise<void> {
  await insertIdentities(tx, [identity]);
}

/** All or none, in as many statements as for one. Refuses as `insertIdentity`. */
export async function insertIdentities(tx: Tx, identities: Identity[]): Promise<void> {
  const data = identities.map((identity) => {
    const { id, projectId, createdAt, locale, version } = identity;
    return { id, projectId, createdAt, ...toRow(identity), locale, version };
  });
  const owned = <T>(rowsOf: (identity: Identity) => T[]) => identities.flatMap(rowsOf);
  await judged(() => tx.identity.createMany({ data }));
  await judged(() =>
    tx.identifier.createMany({ data: owned((one) => one.identifiers.map((value) => toIdentifierRow(one, value))) }),
  );
  await tx.verifiableAddress.createMany({
    data: owned((one) => one.verifiableAddresses.map((address) => toVerifiableRow(one, address))),
  });
  await tx.recoveryAddress.createMany({
    data: owned((one) => one.recoveryAddresses.map((address) => toRecoveryRow(one, address))),
  });
}

/** Those of these identifiers (normalised) and external ids that are in use. */
export async function findTaken(
  tx: Tx,
  projectId: string,
  { identifiers, externalIds }: { identifiers: string[]; externalIds: string[] },
): Promise<{ identifiers: string[]; externalIds: string[] }> {
  const values = await tx.identifier.findMany({
    where: { projectId, value: { in: identifiers } },
    select: { value: true },
  });
  const holders = await tx.identity.findMany({
    where: { projectId, externalId: { in: externalIds } },
    select: { externalId: true },
  });
  return {
    identifiers: values.map(({ value }) => value),
    externalIds: holders.flatMap(({ externalId }) => externalId ?? []),
  };
}

/** In which project each of these ids is in use; where none is, it is absent. Looks everywhere: an id is nobody else's. */
export async function findHoldersOfIds(ids: string[]): Promise<Map<string, string>> {
  const rows = await (await db()).identity.findMany({
    where: { id: { in: ids } },
    select: { id: true, projectId: true },
  });
  return new Map(rows.map(({ id, projectId }) => [id, projectId]));
}

/**
 * Writes an identity over the version it was read at, and its identifiers and addresses with it.
 * False when somebody else was faster. Refuses: `identifier_taken`, `external_id_taken`.
 */
export async function updateIdentity(tx: Tx, before: Identity, after: Identity): Promise<boolean> {
  const { count } = await judged(() =>
    tx.identity.updateMany({
      where: { id: before.id, projectId: before.projectId, version: before.version },
      data: { ...toRow(after), version: after.version },
    }),
  );
  if (count === 0) return false;
  await updateIdentifiers(tx, before, after);
  await updateAddresses(tx, before, after);
  return true;
}

/** Beside all other writing: no version, and no change writes what it has read of it. */
export async function updateLocale(projectId: string, id: string, locale: string): Promise<void> {
  await (await db()).identity.updateMany({ where: { id, projectId }, data: { locale } });
}

/** Raises version and updated_at for a change in what hangs on the identity, such as a passkey. */
export async function raiseVersion(tx: Tx, projectId: string, id: string, now: Date): Promise<void> {
  await tx.identity.updateMany({ where: { id, projectId }, data: { version: { increment: 1 }, updatedAt: now } });
}

/** True when the row of this version was there to delete; what hangs on it goes with it. */
export async function deleteIdentityRow(tx: Tx, identity: Identity): Promise<boolean> {
  const { id, projectId, version } = identity;
  return (await tx.identity.deleteMany({ where: { id, projectId, version } })).count === 1;
}

/** Active owners of an organization besides this identity. Who counts at the same time waits: two last ones cannot both go. */
export async function countOtherOwners(tx: Tx, organizationId: string, identityId: string): Promise<number> {
  await tx.organization.update({ where: { id: organizationId }, data: { id: organizationId } });
  return tx.operator.count({
    where: { organizationId, role: 'owner', identityId: { not: identityId }, identity: { state: 'active' } },
  });
}

async function updateIdentifiers(tx: Tx, before: Identity, after: Identity): Promise<void> {
  const gone = before.identifiers.filter((value) => !after.identifiers.includes(value));
  if (gone.length > 0) await tx.identifier.deleteMany({ where: { identityId: before.id, value: { in: gone } } });
  for (const value of after.identifiers) {
    if (before.identifiers.includes(value)) continue;
    await judged(() => tx.identifier.create({ data: toIdentifierRow(after, value) }));
  }
}

async function updateAddresses(tx: Tx, before: Identity, after: Identity): Promise<void> {
  const { id: identityId } = before;
  const keptIds = new Set([...after.verifiableAddresses, ...after.recoveryAddresses].map(({ id }) => id));
  const goneIds = [...before.verifiableAddresses, ...before.recoveryAddresses]
    .map(({ id }) => id)
    .filter((id) => !keptIds.has(id));
  if (goneIds.length > 0) {
    await tx.verifiableAddress.deleteMany({ where: { identityId, id: { in: goneIds } } });
    await tx.recoveryAddress.deleteMany({ where: { identityId, id: { in: goneIds } } });
  }
  for (const address of after.verifiableAddresses) {
    const known = before.verifiableAddresses.find(({ id }) => id === address.id);
    if (!known) await tx.verifiableAddress.create({ data: toVerifiableRow(after, address) });
    else if (known.verified !== address.verified || known.status !== address.status) {
      const { verified, verifiedAt, status, updatedAt } = address;
      await tx.verifiableAddress.updateMany({
        where: { id: address.id, identityId },
        data: { verified, verifiedAt, status, updatedAt },
      });
    }
  }
  for (const address of after.recoveryAddresses) {
    if (before.recoveryAddresses.some(({ id }) => id === address.id)) continue;
    await tx.recoveryAddress.create({ data: toRecoveryRow(after, address) });
  }
}

function toIdentifierRow({ id: identityId, projectId, updatedAt: createdAt }: Identity, value: string) {
  return { id: newId(), projectId, identityId, value, createdAt };
}

function toVerifiableRow({ id: identityId, projectId }: Identity, address: VerifiableAddress) {
  return { ...address, projectId, identityId };
}

function toRecoveryRow({ id: identityId, projectId }: Identity, address: RecoveryAddress) {
  return { ...address, projectId, identityId };
}

async function judged<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (isUniqueViolation(cause, 'externalId')) throw new AppError('external_id_taken', { cause });
    if (isUniqueViolation(cause, 'value')) throw new AppError('identifier_taken', { cause });
    throw cause;
  }
}

function toWhere(projectId: string, filter: IdentityFilter): Prisma.IdentityWhereInput {
  const { ids, identifier, identifierPrefix, state, schemaId, words = [] } = filter;
  const identifiers: Prisma.StringFilter[] = [
    ...(identifier === undefined ? [] : [{ equals: identifier }]),
    ...(identifierPrefix === undefined ? [] : [startingWith(identifierPrefix)]),
  ];
  const conditions: Prisma.IdentityWhereInput[] = [
    ...words.map((word) => ({ searchText: { contains: word } })),
    ...identifiers.map((value) => ({ identifiers: { some: { projectId, value } } })),
  ];
  return {
    projectId,
    ...(ids && { id: { in: ids } }),
    ...(state && { state }),
    ...(schemaId !== undefined && { schemaId }),
    ...(conditions.length > 0 && { AND: conditions }),
  };
}

/** The columns that a change may write. */
function toRow(identity: Identity) {
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
    updatedAt: identity.updatedAt,
  };
}

function toIdentity(row: Row): Identity {
  return {
    id: row.id,
    projectId: row.projectId,
    schemaId: row.schemaId,
    schemaVersion: row.schemaVersion,
    state: row.state as IdentityState,
    stateChangedAt: row.stateChangedAt,
    traits: JSON.parse(row.traits),
    metadataPublic: fromText(row.metadataPublic),
    metadataAdmin: fromText(row.metadataAdmin),
    externalId: row.externalId,
    userHandle: row.userHandle,
    locale: row.locale,
    revocationEpoch: row.revocationEpoch,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    identifiers: row.identifiers.map(({ value }) => value),
    verifiableAddresses: row.verifiableAddresses.map(({ projectId: _p, identityId: _i, ...address }) => ({
      ...address,
      via: 'email' as const,
      status: address.status as VerifiableAddress['status'],
    })),
    recoveryAddresses: row.recoveryAddresses.map(({ projectId: _p, identityId: _i, ...address }) => ({
      ...address,
      via: 'email' as const,
    })),
    operatorRoles: row.operators.map(({ organizationId, role }) => ({ organizationId, role: role as OperatorRole })),
    passkeyCount: row._count.passkeys,
  };
}

const toText = (value: Json) => (value === null ? null : JSON.stringify(value));
const fromText = (text: string | null): Json => (text === null ? null : JSON.parse(text));
