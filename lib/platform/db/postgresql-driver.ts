import type { PoolClient } from 'pg';
import type { Db } from './client';
import { horizonLock } from './horizon-lock';
import { asGuest, OpenTransaction, together } from './open-transaction';
import { closeConnection, type PostgresqlFactory, SerialConnection } from './postgresql-adapter';
import { PostgresqlStatements } from './postgresql-statements';
import { refuseInPreview } from './preview';
import { type Driver, type Runner, TRANSACTION_LIMITS, TransactionTimeoutError } from './runner';
import type { Tx } from './transaction';

/**
 * Our own transactions on connections of Prisma's pool. When `work` first uses a model, Prisma joins the transaction with
 * an interactive one: the shared client would batch `findUnique`s of two transactions into one query.
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
    const { all, run } = this.#statements.on(factory.pool);
    const committing =
      <Values extends unknown[], T>(write: (...values: Values) => Promise<T>) =>
      (...values: Values) => {
        refuseInPreview();
        return write(...values);
      };
    this.reader = { all, run: committing(run) };
    this.writer = { all: committing(all), run: committing(run) };
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const connection = await this.factory.pool.connect();
    const onError = () => {}; // the failing statement reports it
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
    const serial = new SerialConnection(connection);
    const guest = new Guest(this.client, this.factory, serial);
    const statements = this.#statements.on(connection);
    const transaction = new OpenTransaction(statements, () => guest.join());
    try {
      await connection.query(`${this.#begin}; ${horizonLock()}`);
      const result = await limited(work(transaction.tx));
      await transaction.end();
      await guest.leave();
      const committed = serial.next(() => commit(connection)); // behind what is posted, in one round trip
      await together([transaction.posted(), committed]);
      transaction.runHooks();
      return result;
    } catch (error) {
      await transaction.end();
      await guest.leave().catch(() => undefined);
      // Unanswered, such as BEGIN before it: answered late, BEGIN would open a transaction for the connection's next user.
      await serial.next(() => connection.query('ROLLBACK')).catch(() => closeConnection(connection));
      throw error;
    }
  }
}

/** Prisma inside a transaction that it neither begins nor ends. */
class Guest {
  #joined: Promise<Record<string, unknown>> | undefined;
  #left: Promise<void> = Promise.resolve();
  #leave = () => {};

  constructor(
    private readonly client: Db,
    private readonly factory: PostgresqlFactory,
    private readonly serial: SerialConnection,
  ) {}

  join(): Promise<Record<string, unknown>> {
    this.#joined ??= new Promise((resolve, reject) => {
      const stay = (tx: Tx) =>
        new Promise<void>((leave) => {
          this.#leave = leave;
          resolve(asGuest(tx));
        });
      this.#left = this.factory.host.run(this.serial, () => this.client.$transaction(stay, TRANSACTION_LIMITS));
      this.#left.catch(reject);
    });
    return this.#joined;
  }

  /** Rejects when Prisma aborted its part, such as after a timeout. */
  leave(): Promise<void> {
    this.#leave();
    return this.#left;
  }
}

function limited<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new TransactionTimeoutError('The transaction timed out'));
    const timer = setTimeout(giveUp, TRANSACTION_LIMITS.timeout);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

/** After a failed statement, PostgreSQL answers COMMIT with ROLLBACK and without an error. */
async function commit(connection: PoolClient): Promise<void> {
  const { command } = await connection.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('PostgreSQL rolled the transaction back because a statement had failed');
}
