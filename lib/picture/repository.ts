import { first, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { PICTURE_MEDIA_TYPES, type Picture, type StoredPicture } from './model';

type Row = { mediaType: string; bytes: Uint8Array<ArrayBuffer> };

const OF_PROJECT = statement<Row>(
  'picture.of_project',
  'SELECT "mediaType", bytes FROM "Picture" WHERE id = $1 AND "projectId" = $2',
);
const OF_ANY_PROJECT = statement<Row>(
  'picture.of_any_project',
  'SELECT "mediaType", bytes FROM "Picture" WHERE id = $1',
);
const DELETE = statement('picture.delete', 'DELETE FROM "Picture" WHERE "identityId" = $1 AND "projectId" = $2');
const INSERT = statement(
  'picture.insert',
  `INSERT INTO "Picture" (id, "projectId", "identityId", "mediaType", bytes, "createdAt")
   VALUES ($1, $2, $3, $4, $5, $6)`,
);

/** Of one project, or of any (null). */
export async function findPicture(projectId: string | null, id: string): Promise<Picture | null> {
  const row = await (projectId === null ? first(OF_ANY_PROJECT, [id]) : first(OF_PROJECT, [id, projectId]));
  return row && { mediaType: toUnion(PICTURE_MEDIA_TYPES, row.mediaType), bytes: new Uint8Array(row.bytes) };
}

export async function insertPicture(tx: Tx, { id, projectId, identityId, ...picture }: StoredPicture): Promise<void> {
  await run(INSERT, [id, projectId, identityId, picture.mediaType, picture.bytes, new Date()], tx);
}

export async function deletePicture(tx: Tx, projectId: string, identityId: string): Promise<void> {
  await run(DELETE, [identityId, projectId], tx);
}
