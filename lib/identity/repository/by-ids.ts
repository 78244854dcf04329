import { all, statement } from '@/lib/platform/db/statement';
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
export async function listByIds(projectId: string, ids: readonly string[]): Promise<Identity[]> {
  return (await all(BY_IDS, [projectId, JSON.stringify(ids)])).map(toIdentity);
}

/** As `listByIds`, in stored form for responses. */
export async function listStoredByIds(projectId: string, ids: readonly string[]): Promise<StoredIdentity[]> {
  return (await all(STORED_BY_IDS, [projectId, JSON.stringify(ids)])).map(toStored);
}
