import { env } from '../env';
import { errorFields, log } from '../log';
import { metrics } from '../metrics';
import { processWide } from '../process-wide';
import { type Db, db, openPostgresql } from './client';
import { disconnect } from './runner';
import { first, statement } from './statement';

/** Between two looks at a replica that is not usable. */
const RETRY_MILLIS = 5000;

type State = { client: Promise<Db> | undefined; retryAt: number; isUsed: boolean };
const state = processWide('db.replica', (): State => ({ client: undefined, retryAt: 0, isUsed: true }));

/**
 * Seconds behind the primary. While the replica receives and has applied all it received, it is level; otherwise it is
 * as old as the last transaction applied. A server that is not a replica is level.
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
 * Reads what may be as old as DATABASE_READ_MAX_LAG allows: from the replica of DATABASE_READ_URL, or from the primary where there
 * is none, it is down, or it lags. For statistics and long scans, never for what a decision depends on. `read` may run
 * twice.
 */
export async function readOld<T>(read: (reader: Db) => Promise<T>): Promise<T> {
  const replica = await usableReplica();
  if (!replica) return read(await db());
  try {
    return await read(replica);
  } catch (error) {
    refuse(error); // the connection ended, or the replica cancelled a read that kept it from applying changes
    return read(await db());
  }
}

/** Seconds the replica lags; null: no replica is set. Throws when it cannot be asked. */
export async function replicaLag(): Promise<number | null> {
  const { databaseReadUrl } = env();
  if (databaseReadUrl === undefined) return null;
  state.client ??= openPostgresql(databaseReadUrl, { isReplica: true });
  const row = await first(LAG, [], await state.client);
  return row?.lag ?? Number.POSITIVE_INFINITY;
}

/** Ends its connections; the next read opens new ones. */
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
    if (lag > env().maxReplicaLagSeconds) throw new Error('the replica lags');
    if (!state.isUsed) log.info('replica read again');
    state.isUsed = true;
    metrics().replicaUsed.set(1);
    return (await state.client) ?? null;
  } catch (error) {
    refuse(error);
    return null;
  }
}

/** Reads go to the primary for a while; logged once. */
function refuse(error: unknown): void {
  if (state.isUsed) log.warn('replica not read', errorFields(error));
  state.isUsed = false;
  state.retryAt = performance.now() + RETRY_MILLIS;
  metrics().replicaUsed.set(0);
  const failed = state.client;
  failed?.catch(() => {
    if (state.client === failed) state.client = undefined; // a failed opening is retried
  });
}
