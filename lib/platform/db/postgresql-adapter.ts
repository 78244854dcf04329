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
import { reportStatement } from './sent';

/** PostgreSQL through @prisma/adapter-pg, with a bound on every wait. */
export class PostgresqlFactory implements SqlDriverAdapterFactory {
  readonly provider = 'postgres' as const;
  readonly adapterName = 'signet-pg';
  readonly pool: pg.Pool;
  /** Within this, a transaction of Prisma is a part of the one that is open on the connection. */
  readonly host = new AsyncLocalStorage<InTurn>();

  constructor(
    readonly connection: PostgresqlConnection,
    poolSize: number,
  ) {
    this.pool = new pg.Pool({ ...connection.config, max: poolSize });
    this.pool.on('error', () => {}); // of an idle connection, which the pool replaces
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
    private readonly host: AsyncLocalStorage<InTurn>,
  ) {}

  queryRaw = (query: SqlQuery) => this.official.queryRaw(reported(query));
  executeRaw = (query: SqlQuery) => this.official.executeRaw(reported(query));
  executeScript = (script: string) => this.official.executeScript(script);
  getConnectionInfo = () => this.official.getConnectionInfo?.() ?? { supportsRelationJoins: true };
  dispose = () => this.official.dispose();

  async startTransaction(isolation?: IsolationLevel): Promise<Transaction> {
    const host = this.host.getStore();
    if (host) return this.#within(host);
    const transaction = await this.official.startTransaction(isolation);
    if (this.limitsPerTransaction === '') return inTurn(transaction);
    try {
      await transaction.executeRaw({ sql: this.limitsPerTransaction, args: [], argTypes: [] });
    } catch (error) {
      await transaction.rollback(); // returns the connection, which is closed because its transaction is open
      throw error;
    }
    return inTurn(transaction);
  }

  /** Its owner begins and ends the transaction. */
  #within({ client, next }: InTurn): Transaction {
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
 * A connection in a transaction, which takes one statement at a time: pg 8 queues the others with a warning, pg 9
 * refuses them. Prisma loads several relations at once.
 */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly client: pg.PoolClient) {}

  readonly next = <T>(work: () => Promise<T>): Promise<T> => {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  };
}

function inTurn(transaction: Transaction): Transaction {
  const { next } = new InTurn((transaction as unknown as { client: pg.PoolClient }).client);
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
 * When neither a statement nor the ROLLBACK after it was answered in time, the connection returns with its transaction
 * still open, and its next writes would never be committed.
 */
function endUnlessIdle(client: pg.PoolClient): void {
  if (client.getTransactionStatus() !== 'I') (client as unknown as pg.Client).end(() => undefined);
}
