import { databaseKind, db } from './client';
import { type Tx, transaction } from './transaction';
import { isImpaired } from './violations';

/**
 * Ids are made before COMMIT, and on PostgreSQL transactions commit in any order: what is read by id up to "now" may miss an id that
 * is there a moment later. The horizon is a time before which nothing new appears any more. It holds back what was written since
 * the oldest transaction that is still under way, which ends within its time limit (15 seconds).
 */
const LOCK_CLASS = 72_707_370;

/**
 * To be called in a transaction before it makes ids that are followed. PostgreSQL keeps a lock with the second in which this was
 * until the transaction ends, for `commitHorizon` to find. SQLite lets one transaction after another write.
 */
export async function announceIds(tx: Tx): Promise<void> {
  if (databaseKind() === 'sqlite') return;
  const second = Math.floor(Date.now() / 1000);
  await tx.$queryRaw`SELECT pg_advisory_xact_lock_shared(${LOCK_CLASS}::int, ${second}::int)::text`;
}

/** Whatever has an id from before this time is committed, or never will be. By the clocks of the servers, which have to agree. */
export async function commitHorizon(): Promise<Date> {
  const asked = new Date();
  if (databaseKind() === 'sqlite') {
    // Earlier writers have finished when it is our turn; later ones make later IDs.
    await transaction(async (tx) => tx.$queryRaw`SELECT 1`).catch((error: unknown) => {
      if (!isImpaired(error)) throw error; // where nothing can be written there are no writers
    });
    return asked;
  }
  const [row] = await (await db()).$queryRaw<Array<{ second: bigint | null }>>`
    SELECT min(objid::bigint) AS "second" FROM pg_locks
    WHERE locktype = 'advisory' AND classid::bigint = ${LOCK_CLASS} AND objsubid = 2
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  const oldest = row?.second == null ? Number.POSITIVE_INFINITY : Number(row.second) * 1000;
  return new Date(Math.min(asked.getTime(), oldest));
}
