/** Of the advisory locks that carry the second in which a transaction began. */
export const HORIZON_LOCK_CLASS = 72_707_370;

/** PostgreSQL: holds a lock with the present second until the transaction ends. */
export function horizonLock(): string {
  return `SELECT pg_advisory_xact_lock_shared(${HORIZON_LOCK_CLASS}, ${Math.floor(Date.now() / 1000)})`;
}
