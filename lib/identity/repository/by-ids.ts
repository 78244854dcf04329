import type { Db } from '@/lib/platform/db/client';
import { all, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Identity, StoredIdentity } from '../model';
import { IDENTITY_COLUMNS, type IdentityRow, STORED_COLUMNS, type StoredRow, toIdentity, toStored } from './row';

const FROM = {
  sqlite: `FROM "Identity" i
    WHERE i."projectId" = $1 AND i.id IN (SELECT value FROM json_each($2)) ORDER BY i.id`,
  postgresql: `FROM "Identity" i
    WHERE i."projectId" = $1 AND i.id IN (SELECT json_array_elements_text($2::json)) ORDER BY i.id`,
};
const BY_IDS = statement<IdentityRow>('identity.by_ids', {
  sqlite: `SELECT ${IDENTITY_COLUMNS.sqlite} ${FROM.sqlite}`,
  postgresql: `SELECT ${IDENTITY_COLUMNS.postgresql} ${FROM.postgresql}`,
});
const STORED_BY_IDS = statement<StoredRow>(
  'identity.stored_by_ids',
  {
    sqlite: `SELECT ${STORED_COLUMNS.sqlite} ${FROM.sqlite}`,
    postgresql: `SELECT ${STORED_COLUMNS.postgresql} ${FROM.postgresql}`,
  },
  { dates: 'text', rows: 'arrays' },
);

/** The identities with these IDs, in ID order. */
export async function listByIds(projectId: string, ids: readonly string[], reader?: Db | Tx): Promise<Identity[]> {
  return (await all(BY_IDS, [projectId, JSON.stringify(ids)], reader)).map(toIdentity);
}

/** As `listByIds`, in stored form for responses. */
export async function listStoredByIds(projectId: string, ids: readonly string[]): Promise<StoredIdentity[]> {
  return (await all(STORED_BY_IDS, [projectId, JSON.stringify(ids)])).map(toStored);
}

/** What a scan of a schema's identities reads of each. */
export type ScannedIdentity = Pick<Identity, 'id' | 'schemaVersion' | 'identifierPointer' | 'traits'>;
type ScannedRow = [id: string, schemaVersion: number, identifierPointer: string | null, traits: string];

const OF_SCHEMA = statement<ScannedRow>(
  'identity.of_schema',
  `SELECT i.id, i."schemaVersion", i."identifierPointer", i.traits FROM "Identity" i
   WHERE i."projectId" = $1 AND i."schemaId" = $2 AND i.id > $3 ORDER BY i.id LIMIT $4`,
  { rows: 'arrays' },
);

/** The identities of a schema after an ID, in ID order, read at a fraction of the cost of whole identities. */
export async function listTraitsOfSchema(
  projectId: string,
  schemaId: string,
  after: string | null,
  limit: number,
): Promise<ScannedIdentity[]> {
  const rows = await all(OF_SCHEMA, [projectId, schemaId, after ?? '', limit]);
  return rows.map(([id, schemaVersion, identifierPointer, traits]) => ({
    ...{ id, schemaVersion, identifierPointer },
    traits: JSON.parse(traits),
  }));
}

const IDS_OF_SCHEMA = statement<{ id: string; schemaVersion: number }>(
  'identity.ids_of_schema',
  `SELECT i.id, i."schemaVersion" FROM "Identity" i
   WHERE i."projectId" = $1 AND i."schemaId" = $2 AND i.id > $3 ORDER BY i.id LIMIT $4`,
);

/** As `listTraitsOfSchema`, within a transaction and without traits. */
export function listIdsOfSchema(
  tx: Tx,
  projectId: string,
  schemaId: string,
  after: string | null,
  limit: number,
): Promise<Array<{ id: string; schemaVersion: number }>> {
  return all(IDS_OF_SCHEMA, [projectId, schemaId, after ?? '', limit], tx);
}
