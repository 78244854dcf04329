import { processWide } from '../process-wide';
import type { Statement, Value } from './statement';
import type { Tx } from './transaction';

/** Runs statements in one transaction, or outside transactions, where each reads the last committed state. */
export type Runner = {
  all(of: Statement<unknown>, values: readonly Value[]): Promise<unknown[]>;
  run(of: Statement<unknown>, values: readonly Value[]): Promise<number>;
};

/** What the two databases do in their own way. */
export type Driver = {
  /** Outside transactions: `all` reads, `run` writes in a transaction of its own. */
  readonly reader: Runner;
  /** As `reader`, but `all` writes as well, in a transaction of its own (`… RETURNING`). */
  readonly writer: Runner;
  /**
   * Commits what `work` did and calls its hooks, or undoes all of it. `work` runs again where the database has undone
   * it together with others. Rejects with the error of `work` or of the driver.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Ends its connections, which Prisma does only where it used them itself. */
  close(): Promise<void>;
};

/** A work that neither ends nor fails. By Prisma's code, as from Prisma's own limit. */
export class TransactionTimeoutError extends Error {
  override readonly name = 'TransactionTimeoutError';
  readonly code = 'P2028';
}

/** Limits of a transaction; Prisma's, where it starts one, have the same. */
export const TRANSACTION_LIMITS = {
  /** For a turn (SQLite) or a connection (PostgreSQL); more than the time after which either driver gives up. */
  maxWait: 10_000,
  timeout: 15_000,
};

/** By client: callers may pass the database's client in place of a transaction. */
const state = processWide('db.drivers', () => ({ byClient: new WeakMap<object, Driver>() }));

export function setDriver(client: object, driver: Driver): void {
  state.byClient.set(client, driver);
}

export function driverOf(client: object): Driver {
  const driver = state.byClient.get(client);
  if (!driver) throw new Error('not the database client');
  return driver;
}

/** Ends all connections of a client. */
export async function disconnect(client: { $disconnect(): Promise<void> }): Promise<void> {
  await client.$disconnect();
  await state.byClient.get(client)?.close();
}

export function runnerOf(owner: object): Runner {
  return state.byClient.get(owner)?.reader ?? (owner as Runner);
}
