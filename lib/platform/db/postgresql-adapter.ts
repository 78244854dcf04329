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
import { PostgresqlStatements } from './postgresql-runner';
import { lendRunner, type Runner } from './runner';
import { reportStatement } from './sent';

/** PostgreSQL through @prisma/adapter-pg, with a bound on every wait. */
export class PostgresqlFactory implements SqlDriverAdapterFactory {
  readonly provider = 'postgres' as const;
  readonly adapterName = 'signet-pg';
  readonly #pool: pg.Pool;
  readonly #statements: PostgresqlStatements;
  /** Outside transactions. */
  readonly runner: Runner;

  constructor(
    private readonly connection: PostgresqlConnection,
    poolSize: number,
    isPrepared = !connection.isPooled,
  ) {
    this.#pool = new pg.Pool({ ...connection.config, max: poolSize });
    this.#pool.on('release', (_, client) => endUnlessIdle(client));
    this.#statements = new PostgresqlStatements(connection.schema, isPrepared);
    this.runner = this.#statements.on(this.#pool);
  }

  async connect(): Promise<SqlDriverAdapter> {
    const { schema, limitsPerTransaction } = this.connection;
    const official = await new PrismaPg(this.#pool, { disposeExternalPool: true, schema }).connect();
    return new Postgresql(official, limitsPerTransaction, this.#statements);
  }
}

class Postgresql implements SqlDriverAdapter {
  readonly provider = 'postgres' as const;
  readonly adapterName = 'signet-pg';

  constructor(
    private readonly official: SqlDriverAdapter,
    private readonly limitsPerTransaction: string,
    private readonly statements: PostgresqlStatements,
  ) {}

  queryRaw = (query: SqlQuery) => this.official.queryRaw(reported(query));
  executeRaw = (query: SqlQuery) => this.official.executeRaw(reported(query));
  executeScript = (script: string) => this.official.executeScript(script);
  getConnectionInfo = () => this.official.getConnectionInfo?.() ?? { supportsRelationJoins: true };
  dispose = () => this.official.dispose();

  async startTransaction(isolation?: IsolationLevel): Promise<Transaction> {
    const transaction = await this.official.startTransaction(isolation);
    if (this.limitsPerTransaction === '') return inTurn(transaction, this.statements);
    try {
      await transaction.executeRaw({ sql: this.limitsPerTransaction, args: [], argTypes: [] });
    } catch (error) {
      await transaction.rollback(); // returns the connection, which is closed because its transaction is open
      throw error;
    }
    return inTurn(transaction, this.statements);
  }
}

/**
 * Prisma loads several relations at once, but a transaction has one connection, which takes one statement at a time: pg
 * 8 queues the others with a warning, pg 9 refuses them.
 */
function inTurn(transaction: Transaction, statements: PostgresqlStatements): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  const next = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  const runner = statements.on((transaction as unknown as { client: pg.PoolClient }).client);
  lendRunner({
    all: (of, values) => next(() => runner.all(of, values)),
    run: (of, values) => next(() => runner.run(of, values)),
  });
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => next(() => transaction.queryRaw(reported(query))),
    executeRaw: (query) => next(() => transaction.executeRaw(reported(query))),
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
 * When neither a statement nor the ROLLBACK after it was answered in time, Prisma returns the connection with its
 * transaction still open, and its next writes would never be committed.
 */
function endUnlessIdle(client: pg.PoolClient): void {
  if (client.getTransactionStatus() !== 'I') (client as unknown as pg.Client).end(() => undefined);
}
