import type { IdempotencyKey } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';

export type KeyRow = IdempotencyKey;

/** Another call was carried out under this key. */
export class IdempotencyKeyInUseError extends Error {
  override readonly name = 'IdempotencyKeyInUseError';
}

export async function findKey(id: string): Promise<KeyRow | null> {
  return (await db()).idempotencyKey.findUnique({ where: { id } });
}

/** Waits on the unique index while another call under this key is in progress. Throws `IdempotencyKeyInUseError`. */
export async function insertKey(tx: Tx, row: KeyRow): Promise<void> {
  try {
    await tx.idempotencyKey.create({ data: row });
  } catch (error) {
    throw isUniqueViolation(error) ? new IdempotencyKeyInUseError() : error;
  }
}

export async function updateAnswer(tx: Tx, id: string, data: Pick<KeyRow, 'answer' | 'resourceId'>): Promise<void> {
  await tx.idempotencyKey.update({ where: { id }, data });
}

/** Deletes this row, not a newer one under the same ID. */
export async function deleteKey({ id, expiresAt }: KeyRow): Promise<void> {
  await (await db()).idempotencyKey.deleteMany({ where: { id, expiresAt } });
}

export async function blankResponses(tx: Tx, projectId: string, resourceId: string): Promise<void> {
  await tx.idempotencyKey.updateMany({ where: { projectId, resourceId }, data: { answer: null } });
}

/** Deletes at most `limit` keys that expired by `now`. */
export async function deleteExpired(now: Date, limit: number): Promise<number> {
  const { idempotencyKey } = await db();
  const expired = { expiresAt: { lte: now } };
  const rows = await idempotencyKey.findMany({ where: expired, select: { id: true }, take: limit });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await idempotencyKey.deleteMany({ where: { id: { in: ids }, ...expired } })).count;
}
