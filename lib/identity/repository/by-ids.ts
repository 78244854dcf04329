import { all, statement } from '@/lib/platform/db/statement';
import type { Identity } from '../model';
import { IDENTITY_COLUMNS, type IdentityRow, toIdentity } from './row';

const BY_IDS = statement<IdentityRow>('identity.by_ids', {
  sqlite: `SELECT ${IDENTITY_COLUMNS.sqlite} FROM "Identity" i
    WHERE i."projectId" = $1 AND i.id IN (SELECT value FROM json_each($2)) ORDER BY i.id`,
  postgresql: `SELECT ${IDENTITY_COLUMNS.postgresql} FROM "Identity" i
    WHERE i."projectId" = $1 AND i.id IN (SELECT json_array_elements_text($2::json)) ORDER BY i.id`,
});

/** The identities with these IDs, in ID order. */
export async function listByIds(projectId: string, ids: readonly string[]): Promise<Identity[]> {
  return (await all(BY_IDS, [projectId, JSON.stringify(ids)])).map(toIdentity);
}
