import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { startPostgres } from '@/scripts/lib/postgres.mjs';
import { eventually } from '@/testing/eventually';
import { resetEnv } from '../env';
import { log } from '../log';
import { metrics } from '../metrics';
import { closeDb } from './client';
import { migrate } from './migrate';
import { closeReplica, readStale, replicaLag } from './replica';

type Server = Awaited<ReturnType<typeof startPostgres>>;
const isPostgresql = inject('databaseTemplate').kind === 'postgresql';

describe.runIf(isPostgresql)('a streaming replica', () => {
  let primary: Server;
  let replica: Awaited<ReturnType<Server['replica']>>;
  const ask = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows[0];
    } finally {
      await client.end();
    }
  };
  const isFromReplica = () =>
    readStale(async (reader) => {
      const [row] = await reader.$queryRaw<{ is: boolean }[]>`SELECT pg_is_in_recovery() AS "is"`;
      return row?.is;
    });
  const isUsed = async () => (await metrics().replicaUsed.get()).values[0]?.value;

  beforeAll(async () => {
    primary = await startPostgres();
    await migrate(primary.url());
    replica = await primary.replica();
  }, 60_000);
  beforeEach(async () => {
    await closeDb();
    vi.stubEnv('DATABASE_URL', primary.url());
    vi.stubEnv('DATABASE_READ_URL', replica.url());
    resetEnv();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await Promise.all([closeDb(), closeReplica()]);
    vi.unstubAllEnvs();
    resetEnv();
  });
  afterAll(async () => {
    await replica?.stop();
    await primary?.stop();
  });

  test('serves stale reads, and follows the primary', async () => {
    expect(await isFromReplica()).toBe(true);
    await ask(primary.url(), 'CREATE TABLE followed AS SELECT 1');
    await eventually(async () =>
      expect(await ask(replica.url(), `SELECT to_regclass('followed')::text AS name`)).toEqual({ name: 'followed' }),
    );
    await eventually(async () => expect(await replicaLag()).toBe(0));
    expect(await isUsed()).toBe(1);
  });

  test('is not used when none is set', async () => {
    vi.stubEnv('DATABASE_READ_URL', '');
    resetEnv();
    expect(await isFromReplica()).toBe(false);
    expect(await replicaLag()).toBeNull();
  });

  test('that lags is replaced by the primary, and logged once', async () => {
    const warn = vi.spyOn(log, 'warn').mockReturnValue();
    await ask(replica.url(), 'SELECT pg_wal_replay_pause()');
    try {
      await ask(primary.url(), 'CREATE TABLE lagging AS SELECT 1');
      await eventually(async () => expect(await replicaLag()).toBeGreaterThan(0));
      expect(await isFromReplica()).toBe(true); // within the default limit
      vi.stubEnv('DATABASE_READ_MAX_LAG', '0');
      resetEnv();
      for (let read = 0; read < 3; read++) expect(await isFromReplica()).toBe(false);
    } finally {
      await ask(replica.url(), 'SELECT pg_wal_replay_resume()');
    }
    expect(warn).toHaveBeenCalledTimes(1);
    expect(await isUsed()).toBe(0);
  });

  test('that is down is replaced by the primary, and logged once', async () => {
    const warn = vi.spyOn(log, 'warn').mockReturnValue();
    vi.stubEnv('DATABASE_READ_URL', 'postgresql://signet@127.0.0.1:1/postgres');
    resetEnv();
    for (let read = 0; read < 3; read++) expect(await isFromReplica()).toBe(false);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(await isUsed()).toBe(0);
  });

  test('that cancels a read is replaced by the primary for it', async () => {
    vi.spyOn(log, 'warn').mockReturnValue();
    let reads = 0;
    const found = await readStale(async (reader) => {
      reads++;
      const [row] = await reader.$queryRaw<{ is: boolean }[]>`SELECT pg_is_in_recovery() AS "is"`;
      if (row?.is) throw new Error('canceling statement due to conflict with recovery');
      return row?.is;
    });
    expect([reads, found]).toEqual([2, false]);
  });
});
