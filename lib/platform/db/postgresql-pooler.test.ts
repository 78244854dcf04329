import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { emptyPostgresql, withPostgresql } from '@/testing/empty-database';
import { hasPgBouncer, startPgBouncer } from '@/testing/pgbouncer';
import { type Pooler, startPooler } from '@/testing/pooler';
import { makeTenant } from '@/testing/tenant';
import { Prisma, PrismaClient } from '../../../generated/postgresql/client';
import { resetEnv } from '../env';
import { newId } from '../ids';
import { closeDb, db } from './client';
import { migrate } from './migrate';
import { PostgresqlFactory } from './postgresql-adapter';
import { explorePostgresql } from './postgresql-connection';
import { isOverload } from './violations';

const organization = (id = newId()) => ({ id, name: 'x', slug: id, createdAt: new Date(), updatedAt: new Date() });
const isPostgresql = inject('databaseTemplate').kind === 'postgresql';

async function open(url: string, poolSize = 2): Promise<PrismaClient> {
  const adapter = new PostgresqlFactory(await explorePostgresql(url), poolSize);
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
}

const POOLERS = [
  { name: 'as strict as PgBouncer', start: startPooler, isHere: true },
  { name: 'PgBouncer itself', start: startPgBouncer, isHere: hasPgBouncer },
].filter(({ isHere }) => isPostgresql && isHere);

describe.each(POOLERS)('a pooler in transaction mode, $name', ({ start }) => {
  let url: string;
  let pooler: Pooler;
  const clients: PrismaClient[] = [];
  const connect = async (change: (url: URL) => void = () => {}) => {
    const pooled = new URL(pooler.url);
    change(pooled);
    const client = await open(pooled.href);
    clients.push(client);
    return client;
  };
  const locks = () =>
    withPostgresql(url, async (client) => {
      const { rows } = await client.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database =
          (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows.length;
    });

  beforeAll(async () => {
    url = await emptyPostgresql();
    pooler = await start(url);
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.$disconnect())));
  afterAll(() => pooler?.stop());

  test('lets four starts finish each migration once, and keeps none of their locks', async () => {
    const names: string[] = [];
    const onApplied = (name: string) => names.push(name);
    await Promise.all([1, 2, 3, 4].map(() => migrate(pooler.url, { onApplied })));
    expect(names.sort()).toEqual([...new Set(names)]); // reported by four starts, in any order
    expect(await locks()).toBe(0);
    expect(await migrate(pooler.url)).toBe(0);
  });

  test('supports every noun, including each query of a sign-in', async () => {
    await closeDb();
    vi.stubEnv('DATABASE_URL', pooler.url);
    resetEnv();
    try {
      await Promise.all([makeTenant(), makeTenant()]);
      const models = Object.values(Prisma.ModelName).map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`);
      const client = (await db()) as unknown as Record<string, { findMany: () => Promise<unknown[]> } | undefined>;
      const rows = await Promise.all(models.map((model) => client[model]?.findMany() ?? []));
      expect(rows.filter((found) => found.length > 0).length).toBeGreaterThan(20);
      expect(await locks()).toBe(0);
    } finally {
      await closeDb();
      vi.unstubAllEnvs();
      resetEnv();
    }
  }, 60_000);

  test('forwards reads, writes and transactions', async () => {
    const client = await connect();
    const ids = Array.from({ length: 20 }, () => newId());
    await Promise.all(ids.map((id) => client.organization.create({ data: organization(id) })));
    await client.$transaction(async (tx) => {
      for (const id of ids) await tx.organization.update({ where: { id }, data: { name: 'y' } });
    });
    expect(await client.organization.count({ where: { id: { in: ids }, name: 'y' } })).toBe(20);
  });

  test('applies the time limit in each transaction, and leaves none on a shared session', async () => {
    const client = await connect((pooled) => pooled.searchParams.set('statement_timeout', '100'));
    await withPostgresql(url, async (elsewhere) => {
      await elsewhere.query('BEGIN; LOCK TABLE "Organization"');
      const failure = await client.$transaction((tx) => tx.organization.count()).catch((error: unknown) => error);
      expect(isOverload(failure)).toBe(true);
    });
    const read = () => client.$queryRaw`SELECT current_setting('statement_timeout') AS limit`;
    expect([await read(), await read()]).toEqual([[{ limit: '0' }], [{ limit: '0' }]]);
    expect(await client.organization.count()).toBeGreaterThanOrEqual(0);
  });
});

describe.runIf(isPostgresql)('the migration lock', () => {
  let url: string;
  beforeEach(async () => {
    url = await emptyPostgresql();
  });

  test('is waited for with a report, and acquired once it is free', async () => {
    const elsewhere = new pg.Client({ connectionString: url });
    await elsewhere.connect();
    await elsewhere.query('SELECT pg_advisory_lock(72707369)'); // as 0.1.0 left it on a connection of a pooler
    const { rows } = await elsewhere.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const reasons: string[] = [];
    const count = await migrate(url, {
      onWait: (reason) => {
        reasons.push(reason);
        elsewhere.end();
      },
    });
    expect(count).toBeGreaterThan(0);
    expect(reasons[0]).toContain(`SELECT pg_terminate_backend(${rows[0]?.pid})`);
  });
});

test.runIf(isPostgresql)('statements of one transaction take turns on its connection', async () => {
  const url = await emptyPostgresql();
  await migrate(url);
  const client = await open(url, 1);
  // pg does not count statements: it queues early ones, warns once per process, and refuses them from version 9 on.
  const running = new Map<unknown, number>();
  let most = 0;
  const { query } = pg.Client.prototype;
  const counted = function (this: pg.Client, ...args: unknown[]) {
    const result = Reflect.apply(query, this, args);
    if (typeof result?.then !== 'function') return result; // by callback: the pool's own, outside transactions
    const now = (running.get(this) ?? 0) + 1;
    running.set(this, now);
    most = Math.max(most, now);
    const done = () => running.set(this, (running.get(this) ?? 0) - 1);
    result.then(done, done);
    return result;
  };
  pg.Client.prototype.query = counted as never;
  try {
    const { id } = await client.organization.create({ data: organization() });
    await client.$transaction(async (tx) => {
      await tx.organization.findMany({ include: { projects: { include: { identities: true, schemas: true } } } });
      await Promise.all([tx.organization.count(), tx.project.count(), tx.session.count(), tx.passkey.count()]);
    });
    const failing = client.$transaction(async (tx) => {
      await Promise.all([tx.organization.create({ data: organization(id) }), tx.project.count(), tx.session.count()]);
    });
    await expect(failing).rejects.toMatchObject({ code: 'P2002' });
    expect(await client.organization.count()).toBe(1);
  } finally {
    pg.Client.prototype.query = query;
    await client.$disconnect();
  }
  expect(most).toBe(1);
});
