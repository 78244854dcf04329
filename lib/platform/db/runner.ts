import { processWide } from '../process-wide';
import type { Statement, Value } from './statement';
import type { Tx } from './transaction';

/** Runs statements: in one transaction, or outside, where each sees the last committed state. */
export type Runner = {
  all(of: Statement<unknown>, values: readonly Value[]): Promise<unknown[]>;
  run(of: Statement<unknown>, values: readonly Value[]): Promise<number>;
};

/** What differs between the two databases. */
export type Driver = {
  /** Outside transactions; `run` writes in a transaction of its own. */
  readonly reader: Runner;
  /** As `reader`, but `all` may write too (`… RETURNING`). */
  readonly writer: Runner;
  /**
   * Commits `work` and calls its hooks, or rolls it back. Re-runs `work` when the database rolled back its whole group.
   * Rejects with the error of `work` or of the driver. `isRolledBack`: `work` always throws, after changes.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: { isRolledBack: true }): Promise<T>;
  /** Closes the connections; Prisma closes only those it used itself. */
  close(): Promise<void>;
};

/** `work` exceeded the timeout. The code is that of Prisma's own timeout. */
export class TransactionTimeoutError extends Error {
  override readonly name = 'TransactionTimeoutError';
  readonly code = 'P2028';
}

/** In milliseconds; also for transactions that Prisma starts. */
export const TRANSACTION_LIMITS = {
  /** For a turn (SQLite) or a connection (PostgreSQL); longer than either driver's own limit. */
  maxWait: 10_000,
  timeout: 15_000,
};

/** By client, because callers may pass the client instead of a transaction. */
const state = processWide('db.drivers', () => ({ byClient: new WeakMap<object, Driver>() }));

export function setDriver(client: object, driver: Driver): void {
  state.byClient.set(client, driver);
}

export function driverOf(client: object): Driver {
  const driver = state.byClient.get(client);
  if (!driver) throw new Error('Not the database client');
  return driver;
}

/** Closes all connections of a client. */
export async function disconnect(client: { $disconnect(): Promise<void> }): Promise<void> {
  await client.$disconnect();
  await state.byClient.get(client)?.close();
}

export function runnerOf(owner: object): Runner {
  return state.byClient.get(owner)?.reader ?? (owner as Runner);
}
