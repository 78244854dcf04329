import { all, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Identity } from '../model';

const SCHEDULE = statement(
  'identity.schedule_deletion',
  `UPDATE "Identity" SET "deletionDueAt" = $4, "locale" = $5, "revocationEpoch" = $6, "version" = $7, "updatedAt" = $8
   WHERE "id" = $1 AND "projectId" = $2 AND "version" = $3`,
);
const CANCEL = statement(
  'identity.cancel_deletion',
  `UPDATE "Identity" SET "deletionDueAt" = NULL, "version" = "version" + 1, "updatedAt" = $3
   WHERE "id" = $1 AND "projectId" = $2 AND "deletionDueAt" IS NOT NULL`,
);

/** True if the row had the version of `before`. */
export async function scheduleDeletionRow(tx: Tx, before: Identity, after: Identity): Promise<boolean> {
  const { deletionDueAt, locale, revocationEpoch, version, updatedAt } = after;
  const values = [deletionDueAt, locale, revocationEpoch, version, updatedAt];
  return (await run(SCHEDULE, [before.id, before.projectId, before.version, ...values], tx)) === 1;
}

/** True for exactly one caller. */
export async function cancelDeletionRow(tx: Tx, { id, projectId }: Identity, now: Date): Promise<boolean> {
  return (await run(CANCEL, [id, projectId, now], tx)) === 1;
}

export type DueAccount = { id: string; projectId: string; deletionDueAt: Date };

const DUE = statement<DueAccount>(
  'identity.due_deletions',
  `SELECT i.id, i."projectId", i."deletionDueAt" FROM "Identity" i
   WHERE i."deletionDueAt" IS NOT NULL AND i."deletionDueAt" <= $1 AND (i."deletionDueAt", i.id) > ($2, $3)
   ORDER BY i."deletionDueAt", i.id LIMIT $4`,
);

/** Accounts of all projects whose deletion is due, longest due first. `after`: the last one of the page before. */
export async function listDueAccounts(
  now: Date,
  after: Pick<DueAccount, 'id' | 'deletionDueAt'> | null,
  limit: number,
): Promise<DueAccount[]> {
  return all(DUE, [now, after?.deletionDueAt ?? new Date(0), after?.id ?? '', limit]);
}
