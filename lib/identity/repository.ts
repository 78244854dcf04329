import { type Db, db } from '@/lib/platform/db/client';
import { withList } from '@/lib/platform/db/list-parameter';
import { all, first, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Identity, StoredWhole } from './model';
import { findReserved } from './repository/email-change';
import {
  IDENTITY_COLUMNS,
  type IdentityRow,
  identityStatement,
  toIdentity,
  toStoredWhole,
  wholeStatement,
} from './repository/row';

export { listByIds, listIdsOfSchema, listTraitsOfSchema, type ScannedIdentity } from './repository/by-ids';
export type { IdentityFilter, PasskeyFilter } from './repository/filter';
export {
  countBySchemaVersion,
  countIdentities,
  findPlaces,
  listAfter,
  listByOffset,
  listStoredAfter,
} from './repository/list';
export type { Place, VersionCount } from './repository/read';
export { foldCounts } from './repository/read';
export {
  deleteIdentityRow,
  HANDLE_TAKEN,
  insertIdentities,
  insertIdentity,
  lockIdentityRow,
  raiseVersion,
  updateIdentity,
  updateLocale,
  updateOwned,
  updatePasskeyInvitedAt,
  updatePicture,
  updateSignedInAt,
} from './repository/write';
export { type IdentityPair, updateIdentities } from './repository/write-batch';

type Reader = Db | Tx;

const OF_ID = 'FROM "Identity" i WHERE i.id = $1 AND i."projectId" = $2';
const BY_ID = identityStatement('identity.by_id', OF_ID);
const STORED_BY_ID = wholeStatement('identity.stored_by_id', OF_ID);
const BY_IDENTIFIER = identityStatement(
  'identity.by_identifier',
  'FROM "Identifier" k JOIN "Identity" i ON i.id = k."identityId" WHERE k."projectId" = $1 AND k.value = $2',
);
const STORED_BY_EXTERNAL_ID = wholeStatement(
  'identity.stored_by_external_id',
  'FROM "Identity" i WHERE i."projectId" = $1 AND i."externalId" = $2',
);
const BY_USER_HANDLE = identityStatement(
  'identity.by_user_handle',
  'FROM "Identity" i WHERE i."userHandle" = $1 AND i."projectId" = $2',
);

export async function findIdentity(projectId: string, id: string, reader?: Reader): Promise<Identity | null> {
  const row = await first(BY_ID, [id, projectId], reader);
  return row && toIdentity(row);
}

/** As `findIdentity`, in stored form for responses. */
export async function findStored(projectId: string, id: string): Promise<StoredWhole | null> {
  const row = await first(STORED_BY_ID, [id, projectId]);
  return row && toStoredWhole(row);
}

/** `address` is normalized. */
export async function findByIdentifier(projectId: string, address: string, reader?: Reader): Promise<Identity | null> {
  const row = await first(BY_IDENTIFIER, [projectId, address], reader);
  return row && toIdentity(row);
}

/** By external ID, in stored form for responses. */
export async function findStoredByExternalId(projectId: string, externalId: string): Promise<StoredWhole | null> {
  const row = await first(STORED_BY_EXTERNAL_ID, [projectId, externalId]);
  return row && toStoredWhole(row);
}

export async function findByUserHandle(projectId: string, userHandle: string): Promise<Identity | null> {
  const row = await first(BY_USER_HANDLE, [userHandle, projectId]);
  return row && toIdentity(row);
}

/** Whether a person other than an operator has an account. */
export async function hasUsers(projectId: string): Promise<boolean> {
  const found = await (await db()).identity.findFirst({
    where: { projectId, operators: { none: {} } },
    select: { id: true },
  });
  return found !== null;
}

const STATES = statement<{ active: number; inactive: number }>('identity.count_states', {
  sqlite: `SELECT count(*) FILTER (WHERE i.state = 'active') AS active,
      count(*) FILTER (WHERE i.state = 'inactive') AS inactive
    FROM json_each($2) e CROSS JOIN "Identity" i ON i.id = e.value WHERE i."projectId" = $1`,
  postgresql: `SELECT count(*) FILTER (WHERE i.state = 'active') AS active,
      count(*) FILTER (WHERE i.state = 'inactive') AS inactive
    FROM "Identity" i WHERE i."projectId" = $1 AND i.id = ANY (ARRAY(SELECT json_array_elements_text($2::json)))`,
});

/** How many of these are in each state. */
export async function countStates(projectId: string, ids: string[]): Promise<{ active: number; inactive: number }> {
  const row = await first(STATES, [projectId, JSON.stringify(ids)]);
  return { active: row?.active ?? 0, inactive: row?.inactive ?? 0 };
}

/** Unique keys of an identity: identifiers (normalized) and external IDs in the project, user handles globally. */
export type IdentityKeys = { identifiers: string[]; externalIds: string[]; userHandles: string[] };

const TAKEN_IDENTIFIERS = statement<{ value: string }>(
  'identity.taken_identifiers',
  withList((inList) => `SELECT "value" FROM "Identifier" WHERE "projectId" = $1 AND ${inList('"value"', 2)}`),
);
const TAKEN_EXTERNAL_IDS = statement<{ externalId: string }>(
  'identity.taken_external_ids',
  withList((inList) => `SELECT "externalId" FROM "Identity" WHERE "projectId" = $1 AND ${inList('"externalId"', 2)}`),
);
const TAKEN_HANDLES = statement<{ userHandle: string }>(
  'identity.taken_user_handles',
  withList((inList) => `SELECT "userHandle" FROM "Identity" WHERE ${inList('"userHandle"', 1)}`),
);
const HOLDERS = statement<{ id: string; projectId: string }>('identity.holders_of_ids', {
  ...withList((inList) => `SELECT "id", "projectId" FROM "Identity" WHERE ${inList('"id"', 1)}`),
  // CROSS JOIN starts with the list: by statistics of a small table, SQLite reads all identities also when they are many.
  sqlite: 'SELECT i."id", i."projectId" FROM json_each($1) e CROSS JOIN "Identity" i ON i."id" = e.value',
});

const BY_KEYS = statement<IdentityRow>('identity.by_keys', {
  sqlite: `SELECT ${IDENTITY_COLUMNS.sqlite} FROM "Identity" i WHERE i."projectId" = $1 AND i.id IN (
      SELECT h.id FROM json_each($2) e CROSS JOIN "Identity" h ON h.id = e.value
      UNION SELECT h.id FROM json_each($3) e CROSS JOIN "Identity" h ON h."projectId" = $1 AND h."externalId" = e.value
      UNION SELECT k."identityId" FROM json_each($4) e CROSS JOIN "Identifier" k
        ON k."projectId" = $1 AND k."value" = e.value)`,
  postgresql: `SELECT ${IDENTITY_COLUMNS.postgresql} FROM "Identity" i WHERE i."projectId" = $1 AND i.id = ANY (ARRAY(
      SELECT h.id FROM "Identity" h WHERE h.id = ANY (ARRAY(SELECT json_array_elements_text($2::json)))
      UNION SELECT h.id FROM "Identity" h
        WHERE h."projectId" = $1 AND h."externalId" = ANY (ARRAY(SELECT json_array_elements_text($3::json)))
      UNION SELECT k."identityId" FROM "Identifier" k
        WHERE k."projectId" = $1 AND k."value" = ANY (ARRAY(SELECT json_array_elements_text($4::json)))))`,
});

/** The identities with any of these IDs, external IDs or identifiers (normalized). */
export async function findByKeys(
  projectId: string,
  { ids = [], externalIds = [], identifiers = [] }: Partial<IdentityKeys> & { ids?: string[] },
  reader?: Reader,
): Promise<Identity[]> {
  const lists = [ids, externalIds, identifiers].map((list) => JSON.stringify(list));
  return (await all(BY_KEYS, [projectId, ...lists], reader)).map(toIdentity);
}

/** The subset of these that is in use; an address reserved for `exceptId` is not. */
export async function findTaken(
  tx: Tx,
  projectId: string,
  { identifiers, externalIds, userHandles }: IdentityKeys,
  exceptId: string | null = null,
): Promise<IdentityKeys> {
  const values = await all(TAKEN_IDENTIFIERS, [projectId, JSON.stringify(identifiers)], tx);
  const reserved = await findReserved(projectId, { addresses: identifiers, exceptId }, new Date(), tx);
  const holders = await all(TAKEN_EXTERNAL_IDS, [projectId, JSON.stringify(externalIds)], tx);
  const handles = await all(TAKEN_HANDLES, [JSON.stringify(userHandles)], tx);
  return {
    identifiers: [...values.map(({ value }) => value), ...reserved],
    externalIds: holders.map(({ externalId }) => externalId),
    userHandles: handles.map(({ userHandle }) => userHandle),
  };
}

/**
 * The project in which each of these IDs is used; unused IDs are absent. Searches all projects: IDs are globally
 * unique.
 */
export async function findHoldersOfIds(ids: string[]): Promise<Map<string, string>> {
  const rows = await all(HOLDERS, [JSON.stringify(ids)]);
  return new Map(rows.map(({ id, projectId }) => [id, projectId]));
}
