import { toDate } from '../dates';
import type { StepProgress, StepTx } from '../steps';

const PIECE = 500;

/** Fills the new column with the last sign-in of each identity that the audit log still has. */
export async function lastSignIns(tx: StepTx, cursor: string | null): Promise<StepProgress> {
  const rows = await tx.all(
    `SELECT i."id", (
       SELECT max(e."createdAt") FROM "AuditEvent" e
       WHERE e."identityId" = i."id" AND e."type" IN ('session.started', 'session.replaced')
     ) AS "at" FROM "Identity" i WHERE i."id" > ? ORDER BY i."id" LIMIT ${PIECE}`,
    cursor ?? '',
  );
  for (const { id, at } of rows) {
    if (typeof id !== 'string' || !(typeof at === 'string' || at instanceof Date)) continue;
    const millis = toDate(at).getTime();
    // A process of this version may have recorded a later one since.
    await tx.run('UPDATE "Identity" SET "signedInAt" = ? WHERE "id" = ? AND "signedInAt" < ?', millis, id, millis);
  }
  const last = rows.at(-1)?.id;
  return { cursor: rows.length === PIECE && typeof last === 'string' ? last : null, rows: rows.length };
}
