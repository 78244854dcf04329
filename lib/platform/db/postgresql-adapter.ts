import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type { PostgresqlConnection } from './postgresql-connection';
import { isPreview, refuseInPreview } from './preview';
import { reportStatement } from './statement-listener';

const STARTS_AS_READ = /^\s*(SELECT|WITH)\b/i;

/** PostgreSQL through @prisma/adapter-pg, with a bound on every wait. */
export class PostgresqlFactory implements SqlDriverAdapterFactory {
  readonly provider = 'postgres' as const;
  readonly adapterName = 'signet-pg';
  readonly pool: pg.Pool;
  /** While set, a transaction of Prisma is part of the one open on this connection. */
  readonly host = new AsyncLocalStorage<SerialConnection>();

  constructor(
    readonly connection: PostgresqlConnection,
    poolSize: number,
  ) {
    this.pool = new pg.Pool({ ...connection.config, max: poolSize, pipeline: true });
    this.pool.on('error', () => {}); // an idle connection failed; the pool replaces it
    this.pool.on('release', (_, client) => endUnlessIdle(client));
  }

  async connect(): Promise<SqlDriverAdapter> {
    const { schema, limitsPerTransaction } = this.connection;
    const official = await new PrismaPg(this.pool, { disposeExternalPool: true, schema }).connect();
    return new Postgresql(official, limitsPerTransaction, this.host);
  }
}

class Postgresql implements SqlDriverAdapter {
  readonly provider = 'postgres' as const;
  readonly adapterName = 'signet-pg';

  constructor(
    private readonly official: SqlDriverAdapter,
    private readonly limitsPerTransaction: string,
    private readonly host: AsyncLocalStorage<SerialConnection>,
  ) {}

  queryRaw = (query: SqlQuery) => {
    if (isPreview() && !STARTS_AS_READ.test(query.sql)) refuseInPreview();
    return this.official.queryRaw(reported(query));
  };
  executeRaw = (query: SqlQuery) => {
    refuseInPreview();
    return this.official.executeRaw(reported(query));
  };
  executeScript = (script: string) => this.official.executeScript(script);
  getConnectionInfo = () => this.official.getConnectionInfo?.() ?? { supportsRelationJoins: true };
  dispose = () => this.official.dispose();

  async startTransaction(isolation?: IsolationLevel): Promise<Transaction> {
    const host = this.host.getStore();
    if (host) return this.#within(host);
    refuseInPreview();
    const transaction = await this.official.startTransaction(isolation);
    if (this.limitsPerTransaction === '') return serialized(transaction);
    try {
      await transaction.executeRaw({ sql: this.limitsPerTransaction, args: [], argTypes: [] });
    } catch (error) {
      await transaction.rollback(); // returns the connection, which is closed because its transaction is open
      throw error;
    }
    return serialized(transaction);
  }

  /** The driver begins and ends the transaction. */
  #within({ client, next }: SerialConnection): Transaction {
    const adapter: SqlDriverAdapter = Object.create(this.official, { client: { value: client } });
    const execute = (sql: string) => next(() => adapter.executeRaw({ sql, args: [], argTypes: [] })).then(() => {});
    return {
      provider: this.provider,
      adapterName: this.adapterName,
      options: { usePhantomQuery: true },
      queryRaw: (query) => next(() => adapter.queryRaw(reported(query))),
      executeRaw: (query) => next(() => adapter.executeRaw(reported(query))),
      commit: async () => {},
      rollback: async () => {},
      createSavepoint: (name) => execute(`SAVEPOINT ${name}`),
      rollbackToSavepoint: (name) => execute(`ROLLBACK TO SAVEPOINT ${name}`),
      releaseSavepoint: (name) => execute(`RELEASE SAVEPOINT ${name}`),
    };
  }
}

/**
 * A connection in a transaction, one statement at a time: Prisma loads relations concurrently, which pg 8 queues with a
 * warning and pg 9 refuses.
 */
export class SerialConnection {
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly client: pg.PoolClient) {}

  readonly next = <T>(work: () => Promise<T>): Promise<T> => {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  };
}

function serialized(transaction: Transaction): Transaction {
  const { next } = new SerialConnection((transaction as unknown as { client: pg.PoolClient }).client);
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => next(() => transaction.queryRaw(reported(query))),
    executeRaw: (query) => next(() => transaction.executeRaw(query)),
    commit: () => next(() => transaction.commit()),
    rollback: () => next(() => transaction.rollback()),
    createSavepoint: (name) => next(() => transaction.createSavepoint?.(name) ?? Promise.resolve()),
    rollbackToSavepoint: (name) => next(() => transaction.rollbackToSavepoint?.(name) ?? Promise.resolve()),
    releaseSavepoint: (name) => next(() => transaction.releaseSavepoint?.(name) ?? Promise.resolve()),
  };
}

function reported(query: SqlQuery): SqlQuery {
  reportStatement(query.sql, query.args);
  return query;
}

/**
 * When a statement and the ROLLBACK after it both time out, the connection returns to the pool with its transaction open:
 * later writes on it would never be committed.
 */
function endUnlessIdle(client: pg.PoolClient): void {
  if (client.getTransactionStatus() !== 'I') closeConnection(client);
}

/** The pool drops it when it is released. */
export function closeConnection(client: pg.PoolClient): void {
  (client as unknown as pg.Client).end(() => undefined);
}
