import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { toAppError } from '@/lib/http/problem';
import { startDatabaseProxy } from '@/testing/database-proxy';
import { PrismaClient } from '../../../generated/postgresql/client';
import { env } from '../env';
import { newId } from '../ids';
import type { Db } from './client';
import { PostgresqlFactory } from './postgresql-adapter';
import { type Bounds, explorePostgresql } from './postgresql-connection';
import { PostgresqlDriver } from './postgresql-driver';
import { isOverload, isUnreachable } from './violations';

/** Failures of a real PostgreSQL: each is answered 503, and the next request succeeds. */
describe.runIf(inject('databaseTemplate').kind === 'postgresql')('PostgreSQL failures', () => {
  let elsewhere: pg.Client;
  const clients: PrismaClient[] = [];

  /** One connection, so that the next request gets the one that failed. */
  async function connect(bounds: Bounds, url = env().databaseUrl): Promise<PrismaClient> {
    const client = new PrismaClient({
      adapter: new PostgresqlFactory(await explorePostgresql(url, bounds), 1),
      transactionOptions: { maxWait: 10_000, timeout: 15_000 },
    });
    clients.push(client);
    return client;
  }
  const urlWith = (change: (url: URL) => void) => {
    const url = new URL(env().databaseUrl);
    change(url);
    return url.href;
  };
  const organization = (id = newId()) => ({ id, name: 'x', slug: id, createdAt: new Date(), updatedAt: new Date() });
  const read = (client: Pick<PrismaClient, 'organization'>) => client.organization.count();
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => error,
    );
  const expectWorking = async (client: PrismaClient) => {
    const { id } = await client.organization.create({ data: organization() });
    const { rowCount } = await elsewhere.query('SELECT 1 FROM "Organization" WHERE id = $1', [id]);
    expect(rowCount).toBe(1);
  };
  const expectUnavailable = (error: unknown) => {
    const { code, details } = toAppError(error, 'request');
    expect([code, details.retryAfterSeconds]).toEqual(['overloaded', 5]);
  };

  beforeAll(async () => {
    elsewhere = new pg.Client({ connectionString: env().databaseUrl });
    await elsewhere.connect();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.$disconnect()));
  });
  afterAll(() => elsewhere.end());

  test('no free connection', async () => {
    const client = await connect({ connectionTimeoutMillis: 100 });
    let end = () => {};
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    const attempts: Array<(holding: PrismaClient) => Promise<unknown>> = [
      read,
      (busy) => busy.$queryRaw`SELECT 1`,
      (busy) => busy.$transaction((tx) => read(tx)),
      (busy) => busy.$transaction([busy.organization.count()]),
    ];
    const failures: unknown[] = [];
    await client.$transaction(async () => {
      for (const attempt of attempts) failures.push(await failure(attempt(client)));
      end();
      await held;
    });
    expect(failures.map(isOverload)).toEqual([true, true, true, true]);
    for (const error of failures) expectUnavailable(error);
    await expectWorking(client);
  });

  describe('the server ends the connection', () => {
    const terminate = async (tx: Pick<PrismaClient, '$queryRaw'>) => {
      const [row] = await tx.$queryRaw<Array<{ pid: number }>>`SELECT pg_backend_pid() AS pid`;
      await elsewhere.query('SELECT pg_terminate_backend($1, 5000)', [row?.pid]);
    };
    const MOMENTS: Array<[string, (client: PrismaClient) => Promise<unknown>]> = [
      ['during a statement', (client) => client.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`],
      [
        'during a statement of a transaction',
        (client) => client.$transaction((tx) => tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`),
      ],
      [
        'between two statements',
        (client) =>
          client.$transaction(async (tx) => {
            await terminate(tx);
            await read(tx);
          }),
      ],
      ['before the commit', (client) => client.$transaction(terminate)],
    ];

    test.each(MOMENTS)('%s', async (_, work) => {
      const client = await connect({});
      const error = await failure(work(client));
      expect(isUnreachable(error)).toBe(true);
      expectUnavailable(error);
      await expectWorking(client);
    });
  });

  describe('no response in time', () => {
    const whileLocked = async (work: () => Promise<unknown>) => {
      await elsewhere.query('BEGIN; LOCK TABLE "Organization"');
      try {
        return await failure(work());
      } finally {
        await elsewhere.query('ROLLBACK');
      }
    };

    test.each([
      ['the server cancels the statement', { statement_timeout: 100 }],
      ['the server does not respond', { query_timeout: 100 }],
    ])('%s', async (_, bounds) => {
      const client = await connect(bounds);
      const outside = await whileLocked(() => read(client));
      const inside = await whileLocked(() =>
        client.$transaction(async (tx) => {
          await tx.project.count();
          await read(tx);
        }),
      );
      for (const error of [outside, inside]) {
        expect(isOverload(error)).toBe(true);
        expectUnavailable(error);
      }
      await expectWorking(client);
    });

    test('not even to BEGIN, and late responses: the next write on the connection is committed', async () => {
      const proxy = await startDatabaseProxy(env().databaseUrl);
      const factory = new PostgresqlFactory(await explorePostgresql(proxy.url, { query_timeout: 100 }), 1);
      const client = new PrismaClient({ adapter: factory });
      const driver = new PostgresqlDriver(client as unknown as Db, factory, true);
      await read(client);
      proxy.hold(true);
      expect(isOverload(await failure(driver.transaction(async () => undefined)))).toBe(true);
      proxy.hold(false);
      await expectWorking(client);
      await client.$disconnect();
      proxy.close();
    });

    test('a URL parameter overrides the built-in value', async () => {
      const client = await connect(
        {},
        urlWith((url) => url.searchParams.set('statement_timeout', '100')),
      );
      expect(isOverload(await whileLocked(() => read(client)))).toBe(true);
    });
  });

  test.each([
    ['no listener', (url: URL) => (url.port = '1')],
    ['the host is unknown', (url: URL) => (url.hostname = 'nowhere.invalid')],
    ['there is no such database', (url: URL) => (url.pathname = '/nowhere')],
    ['TLS is required but not offered', (url: URL) => url.searchParams.set('sslmode', 'verify-full')],
    ['an unknown role', (url: URL) => (url.username = 'nobody')],
  ])('%s', async (_, change) => {
    const error = await failure(connect({}, urlWith(change)));
    expect(isUnreachable(error)).toBe(true);
    expectUnavailable(error);
  });

  test('more connections than the server accepts', async () => {
    const role = `limited_${newId().replaceAll('-', '')}`;
    await elsewhere.query(`CREATE ROLE ${role} LOGIN CONNECTION LIMIT 0`);
    const error = await failure(
      connect(
        {},
        urlWith((url) => {
          url.username = role;
        }),
      ),
    );
    await elsewhere.query(`DROP ROLE ${role}`);
    expect(isOverload(error)).toBe(true);
    expectUnavailable(error);
  });
});
