import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { startPostgres } from '@/scripts/lib/postgres.mjs';
import { eventually } from '@/testing/eventually';
import { resetEnv } from '../env';
import { newId } from '../ids';
import { closeDb, db } from './client';
import { migrate } from './migrate';
import { transaction } from './transaction';

const isPostgresql = inject('databaseTemplate').kind === 'postgresql';
const WRITERS = 8;
const WRITES = 20;

describe.runIf(isPostgresql)('PostgreSQL that crashes and recovers under load', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    postgres = await startPostgres();
    await migrate(postgres.url());
    await closeDb();
    // The test server acknowledges before it writes; a real one does not.
    const url = new URL(postgres.url());
    url.searchParams.set('options', '-c synchronous_commit=on');
    vi.stubEnv('DATABASE_URL', url.href);
    resetEnv();
  }, 60_000);
  afterAll(async () => {
    await closeDb();
    vi.unstubAllEnvs();
    resetEnv();
    await postgres?.stop();
  });

  /** A killed backend makes the server end all others, recover from its log and start again. */
  async function crash(): Promise<void> {
    const client = new pg.Client({ connectionString: postgres.url() });
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    await ended;
  }

  test('loses no acknowledged write, and Signet recovers without a restart', async () => {
    const acknowledged: string[] = [];
    let failed = 0;
    const write = async () => {
      const id = newId();
      const at = new Date();
      const data = { id, name: 'x', slug: id, createdAt: at, updatedAt: at };
      await transaction((tx) => tx.organization.create({ data }));
      acknowledged.push(id);
    };
    await write();
    let isCrashed = false;
    const writer = async () => {
      while (!isCrashed) await write().catch(() => failed++);
      for (let left = WRITES; left > 0; left--) await eventually(write);
    };
    const writers = Array.from({ length: WRITERS }, writer);
    await vi.waitUntil(() => acknowledged.length > WRITES, { timeout: 20_000 });
    await crash();
    isCrashed = true;
    await Promise.all(writers);
    const { organization } = await db();
    const stored = await organization.findMany({ select: { id: true } });
    const ids = new Set(stored.map(({ id }) => id));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(WRITERS * WRITES);
    expect(failed).toBeLessThan(acknowledged.length);
  }, 60_000);
});
