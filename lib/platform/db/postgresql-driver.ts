import type { PoolClient } from 'pg';
import type { Db } from './client';
import { asGuest, OpenTransaction } from './open-transaction';
import { InTurn, type PostgresqlFactory } from './postgresql-adapter';
import { PostgresqlStatements } from './postgresql-statements';
import { type Driver, type Runner, TRANSACTION_LIMITS, TransactionTimeoutError } from './runner';
import type { Tx } from './transaction';

/**
 * Transactions of ours on connections of Prisma's pool. Prisma joins one when its work first uses a model, as an
 * interactive transaction of its own, which keeps what two transactions ask apart: its client joins `findUnique`s of
 * the same moment into one query.
 */
export class PostgresqlDriver implements Driver {
  readonly reader: Runner;
  readonly writer: Runner;
  readonly #statements: PostgresqlStatements;
  readonly #begin: string;

  constructor(
    private readonly client: Db,
    private readonly factory: PostgresqlFactory,
    isPrepared: boolean,
  ) {
    const { schema, limitsPerTransaction } = factory.connection;
    this.#statements = new PostgresqlStatements(schema, isPrepared);
    this.#begin = limitsPerTransaction === '' ? 'BEGIN' : `BEGIN; ${limitsPerTransaction}`;
    this.reader = this.#statements.on(factory.pool);
    this.writer = this.reader;
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const connection = await this.factory.pool.connect();
    const onError = () => {}; // the statement that meets the error reports it
    connection.on('error', onError);
    try {
      return await this.#within(connection, work);
    } finally {
      connection.off('error', onError);
      connection.release();
    }
  }

  async close(): Promise<void> {
    const { pool } = this.factory;
    if (!pool.ending) await pool.end();
  }

  async #within<T>(connection: PoolClient, work: (tx: Tx) => Promise<T>): Promise<T> {
    const turn = new InTurn(connection);
    const guest = new Guest(this.client, this.factory, turn);
    const statements = this.#statements.on(connection);
    const inTurn: Runner = {
      all: (of, values) => turn.next(() => statements.all(of, values)),
      run: (of, values) => turn.next(() => statements.run(of, values)),
    };
    const transaction = new OpenTransaction(inTurn, () => guest.join());
    try {
      await connection.query(this.#begin);
      const result = await limited(work(transaction.tx));
      await transaction.end();
      await guest.leave();
      await turn.next(() => commit(connection));
      transaction.runHooks();
      return result;
    } catch (error) {
      await transaction.end();
      await guest.leave().catch(() => undefined);
      await turn.next(() => connection.query('ROLLBACK')).catch(() => undefined); // else the pool ends the connection
      throw error;
    }
  }
}

/** Prisma in a transaction that it neither began nor ends. */
class Guest {
  #joined: Promise<Record<string, unknown>> | undefined;
  #left: Promise<void> = Promise.resolve();
  #leave = () => {};

  constructor(
    private readonly client: Db,
    private readonly factory: PostgresqlFactory,
    private readonly turn: InTurn,
  ) {}

  join(): Promise<Record<string, unknown>> {
    this.#joined ??= new Promise((resolve, reject) => {
      const stay = (tx: Tx) =>
        new Promise<void>((leave) => {
          this.#leave = leave;
          resolve(asGuest(tx));
        });
      this.#left = this.factory.host.run(this.turn, () => this.client.$transaction(stay, TRANSACTION_LIMITS));
      this.#left.catch(reject);
    });
    return this.#joined;
  }

  /** Rejects when Prisma gave up its part, such as after its time limit. */
  leave(): Promise<void> {
    this.#leave();
    return this.#left;
  }
}

function limited<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new TransactionTimeoutError('a transaction took too long'));
    const timer = setTimeout(giveUp, TRANSACTION_LIMITS.timeout);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

/** PostgreSQL answers COMMIT with ROLLBACK, and no error, after a statement has failed. */
async function commit(connection: PoolClient): Promise<void> {
  const { command } = await connection.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('a statement had failed, so PostgreSQL has undone the transaction');
}
