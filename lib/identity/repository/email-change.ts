import { type Db, db } from '@/lib/platform/db/client';
import { withList } from '@/lib/platform/db/list-parameter';
import { all, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { EmailChange } from '../model';

type Reader = Db | Tx;

export async function insertEmailChange(tx: Tx, change: EmailChange): Promise<void> {
  await tx.emailChange.create({ data: change });
}

export async function findEmailChange(
  projectId: string,
  linkHash: string,
  now: Date,
  reader?: Reader,
): Promise<EmailChange | null> {
  return (reader ?? (await db())).emailChange.findFirst({ where: { linkHash, projectId, expiresAt: { gt: now } } });
}

/** Consumes it; true for exactly one caller. */
export async function consumeEmailChange(tx: Tx, { id }: EmailChange, now: Date): Promise<boolean> {
  return (await tx.emailChange.deleteMany({ where: { id, expiresAt: { gt: now } } })).count === 1;
}

export async function deleteEmailChanges(tx: Tx, projectId: string, identityId: string): Promise<void> {
  await tx.emailChange.deleteMany({ where: { projectId, identityId } });
}

/** Those created since the given one. */
export async function deleteLaterEmailChanges(tx: Tx, { identityId, createdAt }: EmailChange): Promise<void> {
  await tx.emailChange.deleteMany({ where: { identityId, createdAt: { gte: createdAt } } });
}

const RESERVED = statement<{ oldAddress: string }>(
  'email_change.reserved',
  withList(
    (inList) => `SELECT "oldAddress" FROM "EmailChange"
      WHERE "projectId" = $1 AND "expiresAt" > $2 AND "identityId" <> $3 AND ${inList('"oldAddress"', 4)}`,
  ),
);

/** The addresses among these that are reserved for another identity. */
export async function findReserved(
  projectId: string,
  { addresses, exceptId }: { addresses: string[]; exceptId: string | null },
  now: Date,
  reader?: Reader,
): Promise<string[]> {
  const values = [projectId, now, exceptId ?? '', JSON.stringify(addresses)];
  return (await all(RESERVED, values, reader)).map(({ oldAddress }) => oldAddress);
}

/**
 * Checks addresses that this transaction has just written. Runs after the write: a transaction that releases an address
 * holds its unique index entry until the reservation is committed, so a transaction that waited for the index sees the
 * reservation now. Refuses: `identifier_taken`.
 */
export async function refuseReserved(
  tx: Tx,
  projectId: string,
  addresses: string[],
  exceptId: string | null,
): Promise<void> {
  if (addresses.length === 0) return;
  const reserved = await findReserved(projectId, { addresses, exceptId }, new Date(), tx);
  if (reserved.length > 0) throw new AppError('identifier_taken');
}

/** Removes at most `limit` rows that expired before `before`. */
export async function deleteExpiredEmailChanges(before: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.emailChange.findMany({
    where: { expiresAt: { lte: before } },
    select: { id: true },
    take: limit,
  });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.emailChange.deleteMany({ where: { id: { in: ids } } })).count;
}
