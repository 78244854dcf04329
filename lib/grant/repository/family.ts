import { db } from '@/lib/platform/db/client';
import { first, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { TokenFamily } from '../model';
import { toList } from './list';

type FamilyRow = Omit<TokenFamily, 'scopes' | 'audiences'> & { scopes: string; audiences: string };

const INSERT = statement(
  'grant.insert_family',
  `INSERT INTO "TokenFamily" (id, "projectId", "applicationSessionId", scopes, audiences, "isOffline", generation, salt,
     "rotatedAt", "idleEndsAt", "endsAt", "endedAt", "createdAt")
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, NULL, $11)`,
);

export async function insertFamily(tx: Tx, family: TokenFamily): Promise<void> {
  const { id, projectId, applicationSessionId, isOffline, generation, salt, idleEndsAt, endsAt, createdAt } = family;
  const lists = [JSON.stringify(family.scopes), JSON.stringify(family.audiences)];
  const times = [idleEndsAt, endsAt, createdAt];
  await run(INSERT, [id, projectId, applicationSessionId, ...lists, isOffline, generation, salt, ...times], tx);
}

const BY_ID = statement<FamilyRow>(
  'grant.family_by_id',
  `SELECT f.id, f."projectId", f."applicationSessionId", f.scopes, f.audiences, f."isOffline", f.generation, f.salt,
     f."rotatedAt", f."idleEndsAt", f."endsAt", f."endedAt", f."createdAt"
   FROM "TokenFamily" f WHERE f.id = $1 AND f."projectId" = $2`,
);

/** Live or ended. */
export async function findFamily(projectId: string, id: string, tx?: Tx): Promise<TokenFamily | null> {
  const row = await first(BY_ID, [id, projectId], tx);
  return row && { ...row, scopes: toList(row.scopes), audiences: toList(row.audiences) };
}

const ROTATE = statement(
  'grant.rotate_family',
  `UPDATE "TokenFamily" SET generation = generation + 1, "rotatedAt" = $4, "idleEndsAt" = $5
   WHERE id = $1 AND "projectId" = $2 AND generation = $3 AND "endedAt" IS NULL AND "idleEndsAt" > $4 AND "endsAt" > $4`,
);

/** Raises the generation; true for exactly one caller that presents the valid one. */
export async function rotateFamily(
  tx: Tx,
  { id, projectId, generation }: Pick<TokenFamily, 'id' | 'projectId' | 'generation'>,
  { now, idleEndsAt }: { now: Date; idleEndsAt: Date },
): Promise<boolean> {
  return (await run(ROTATE, [id, projectId, generation, now, idleEndsAt], tx)) === 1;
}

const END = statement(
  'grant.end_family',
  'UPDATE "TokenFamily" SET "endedAt" = $3 WHERE id = $1 AND "projectId" = $2 AND "endedAt" IS NULL',
);

/** True if this call ended it. */
export async function endFamilyRow(tx: Tx, projectId: string, id: string, now: Date): Promise<boolean> {
  return (await run(END, [id, projectId, now], tx)) === 1;
}

/** Removes at most `limit` that ended by themselves before `before`. */
export async function deleteEndedFamilies(before: Date, limit: number): Promise<number> {
  const { tokenFamily } = await db();
  const where = { OR: [{ endsAt: { lte: before } }, { idleEndsAt: { lte: before } }] };
  const rows = await tokenFamily.findMany({ where, select: { id: true }, take: limit });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await tokenFamily.deleteMany({ where: { id: { in: ids } } })).count;
}
