import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/**
 * PostgreSQL through @prisma/adapter-pg, with a bound on every wait. Parameters of DATABASE_URL win over these, such as
 * `?statement_timeout=30000`.
 */
const BOUNDS = {
  /** For a free or a new connection; less than Prisma's maxWait. */
  connectionTimeoutMillis: 8000,
  /** The server cancels a statement that takes longer, be it work or the wait for a lock, and rolls back. */
  statement_timeout: 10_000,
  /** For a server that no longer answers at all: later than it would have cancelled by itself. */
  query_timeout: 13_000,
  /** So that a connection that firewalls have forgotten is found dead while it idles. */
  keepAlive: true,
  keepAliveInitialDelayMillis: 30_000,
};

export class PostgresqlFactory implements SqlDriverAdapterFactory {
  readonly provider = 'postgres' as const;
  readonly adapterName = 'signet-pg';

  constructor(
    private readonly url: string,
    private readonly poolSize: number,
    private readonly bounds: Partial<typeof BOUNDS> = {},
  ) {}

  connect(): Promise<SqlDriverAdapter> {
    const pool = new pg.Pool({ connectionString: this.url, max: this.poolSize, ...BOUNDS, ...this.bounds });
    pool.on('release', (_, client) => endUnlessIdle(client));
    return new PrismaPg(pool, { disposeExternalPool: true }).connect();
  }
}

/**
 * When neither a statement nor the ROLLBACK after it was answered in time, Prisma gives the connection back with its
 * transaction still open, and what the next one writes on it would never be committed.
 */
function endUnlessIdle(client: pg.PoolClient): void {
  if (client.getTransactionStatus() !== 'I') (client as unknown as pg.Client).end(() => undefined);
}
