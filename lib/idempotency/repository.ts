import type { IdempotencyKey } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import { insertInto, insertMany } from '@/lib/platform/db/insert-many';
import { post, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';

export type KeyRow = IdempotencyKey;

const KEYS = insertInto('IdempotencyKey', [
  ...(['id', 'projectId', 'fingerprint', 'answer', 'resourceId', 'createdAt', 'expiresAt'] as const),
]);
const UPDATE = statement(
  'idempotency_key.update',
  'UPDATE "IdempotencyKey" SET "answer" = $2, "resourceId" = $3 WHERE "id" = $1',
);
const BLANK = statement(
  'idempotency_key.blank',
  'UPDATE "IdempotencyKey" SET "answer" = NULL WHERE "projectId" = $1 AND "resourceId" = $2',
);

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
    await insertMany(KEYS, [row], tx);
  } catch (error) {
    throw isUniqueViolation(error) ? new IdempotencyKeyInUseError() : error;
  }
}

export async function updateAnswer(
  tx: Tx,
  id: string,
  { answer, resourceId }: Pick<KeyRow, 'answer' | 'resourceId'>,
): Promise<void> {
  const count = await run(UPDATE, [id, answer, resourceId], tx);
  if (count !== 1) throw new Error('The idempotency key of this call no longer exists');
}

/** Deletes this row, not a newer one under the same ID. */
export async function deleteKey({ id, expiresAt }: KeyRow): Promise<void> {
  await (await db()).idempotencyKey.deleteMany({ where: { id, expiresAt } });
}

export function blankResponses(tx: Tx, projectId: string, resourceId: string): void {
  post(BLANK, [projectId, resourceId], tx);
}

/** Deletes at most `limit` keys that expired by `now`. */
export async function deleteExpired(now: Date, limit: number): Promise<number> {
  const { idempotencyKey } = await db();
  const expired = { expiresAt: { lte: now } };
  const rows = await idempotencyKey.findMany({ where: expired, select: { id: true }, take: limit });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await idempotencyKey.deleteMany({ where: { id: { in: ids }, ...expired } })).count;
}
