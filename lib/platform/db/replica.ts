import { env } from '../env';
import { errorFields, log } from '../log';
import { metrics } from '../metrics';
import { processWide } from '../process-wide';
import { type Db, db, openPostgresql } from './client';
import { disconnect } from './runner';
import { first, statement } from './statement';

/** Between two checks of an unusable replica. */
const RETRY_MILLIS = 5000;

type State = { client: Promise<Db> | undefined; retryAt: number; isUsed: boolean };
const state = processWide('db.replica', (): State => ({ client: undefined, retryAt: 0, isUsed: true }));

/**
 * Seconds behind the primary: 0 if the server is not a replica, or is receiving and has applied all it received; otherwise
 * the age of the last transaction applied.
 */
const LAG = statement<{ lag: number | null }>('replica.lag', {
  sqlite: 'SELECT 0 AS lag',
  postgresql: `SELECT CASE
      WHEN NOT pg_is_in_recovery() THEN 0
      WHEN EXISTS (SELECT 1 FROM pg_stat_wal_receiver) AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
      ELSE EXTRACT(EPOCH FROM now() - pg_last_xact_replay_timestamp())
    END::double precision AS lag`,
});

/**
 * Reads data that may be stale by up to DATABASE_READ_MAX_LAG: from the replica (DATABASE_READ_URL), or from the primary if
 * there is none, it is down, or it lags. For statistics and long scans, never for what a decision depends on. `read` may
 * run twice.
 */
export async function readStale<T>(read: (reader: Db) => Promise<T>): Promise<T> {
  const replica = await usableReplica();
  if (!replica) return read(await db());
  try {
    return await read(replica);
  } catch (error) {
    refuse(error); // the connection failed, or the replica cancelled a read that blocked replay
    return read(await db());
  }
}

/** How far behind `readStale` may be: what it does not show yet can have committed this long ago. */
export function maxStaleMillis(): number {
  const { databaseReadUrl, maxReplicaLagSeconds } = env();
  return databaseReadUrl === undefined ? 0 : maxReplicaLagSeconds * 1000;
}

/** Replica lag in seconds; null without a replica. Throws when the replica is unreachable. */
export async function replicaLag(): Promise<number | null> {
  const { databaseReadUrl } = env();
  if (databaseReadUrl === undefined) return null;
  state.client ??= openPostgresql(databaseReadUrl, { isReplica: true });
  const row = await first(LAG, [], await state.client);
  return row?.lag ?? Number.POSITIVE_INFINITY;
}

/** Closes its connections; the next read opens new ones. */
export async function closeReplica(): Promise<void> {
  const opened = state.client;
  Object.assign(state, { client: undefined, retryAt: 0, isUsed: true });
  const client = await opened?.catch(() => null);
  if (client) await disconnect(client);
}

async function usableReplica(): Promise<Db | null> {
  if (env().databaseReadUrl === undefined || performance.now() < state.retryAt) return null;
  try {
    const lag = await replicaLag();
    if (lag === null) return null;
    metrics().replicaLag.set(lag);
    if (lag > env().maxReplicaLagSeconds) throw new Error('The replica lags');
    if (!state.isUsed) log.info('replica in use again');
    state.isUsed = true;
    metrics().replicaUsed.set(1);
    return (await state.client) ?? null;
  } catch (error) {
    refuse(error);
    return null;
  }
}

/** Sends reads to the primary for a while; logged once. */
function refuse(error: unknown): void {
  if (state.isUsed) log.warn('replica not used', errorFields(error));
  state.isUsed = false;
  state.retryAt = performance.now() + RETRY_MILLIS;
  metrics().replicaUsed.set(0);
  const failed = state.client;
  failed?.catch(() => {
    if (state.client === failed) state.client = undefined; // a failed opening is retried
  });
}
