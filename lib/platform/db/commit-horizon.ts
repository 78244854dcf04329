import { databaseKind, db } from './client';
import { HORIZON_LOCK_CLASS } from './horizon-lock';
import { transaction } from './transaction';
import { isImpaired } from './violations';

/**
 * IDs are generated before COMMIT, and on PostgreSQL transactions commit in any order: a read by ID up to "now" may
 * miss an ID that appears a moment later. The horizon is a time before which nothing new appears. It excludes
 * everything written since the oldest open transaction began, which ends within its time limit (15 seconds): each holds a
 * lock with the second of its beginning (`horizonLock`). SQLite serializes writers.
 */

/**
 * Everything with an ID from before this time is committed, or never will be; a write that was answered before the call
 * has such an ID. By the servers' clocks, which must agree.
 */
export async function commitHorizon(): Promise<Date> {
  await endOfMillisecond();
  const startedAt = new Date();
  if (databaseKind() === 'sqlite') {
    // Earlier writers have finished when our turn comes; later ones generate later IDs.
    await transaction(async () => {}).catch((error: unknown) => {
      if (!isImpaired(error)) throw error; // a database that refuses writes has no writers
    });
    return startedAt;
  }
  const [row] = await (await db()).$queryRaw<Array<{ second: bigint | null }>>`
    SELECT min(objid::bigint) AS "second" FROM pg_locks
    WHERE locktype = 'advisory' AND classid::bigint = ${HORIZON_LOCK_CLASS} AND objsubid = 2
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  const oldest = row?.second == null ? Number.POSITIVE_INFINITY : Number(row.second) * 1000;
  return new Date(Math.min(startedAt.getTime(), oldest));
}

/** IDs of the present millisecond may still be generated, and also belong to writes that are already answered. */
async function endOfMillisecond(): Promise<void> {
  const end = performance.now() + 1;
  while (performance.now() <= end) await new Promise((resolve) => setTimeout(resolve, 1)); // a timer may fire early
}
