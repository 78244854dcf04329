import { AppError, isAppError } from '../errors';
import { metrics } from '../metrics';
import { type Db, db, openedDb } from './client';
import type { OpenTransaction } from './open-transaction';
import { isPreview, runRolledBack } from './preview';
import { driverOf } from './runner';
import { isOverload, isRetryable } from './violations';
import { recordImpairment } from './writable';

/** A client inside a transaction. Only database work may be awaited between its start and its end. */
export type Tx = Omit<Db, '$connect' | '$disconnect' | '$on' | '$transaction' | '$use' | '$extends'>;

/** Thrown inside a transaction when another writer committed between its read and its write. */
export class ConcurrentUpdateError extends Error {
  override readonly name = 'ConcurrentUpdateError';
}

const RETRY_TIMEOUT_MILLIS = 10_000;
const MAX_DELAY_MILLIS = 100;

/**
 * Runs one write, all or nothing; with `outer`, as part of that transaction. After a deadlock, a write conflict or a
 * concurrent update all of it is retried on the new state, so `work` must have no effect outside `tx`. Refuses:
 * `overloaded` when no turn is free within the limit, or the conflicts do not end. In a preview it is rolled back where
 * it would commit.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>, outer?: Tx): Promise<T> {
  if (outer) return work(outer);
  const end = performance.now() + RETRY_TIMEOUT_MILLIS;
  for (let tries = 0; ; tries++) {
    try {
      return await attempt(work);
    } catch (error) {
      if (isAppError(error)) throw error;
      const isRace = error instanceof ConcurrentUpdateError || isRetryable(error);
      if (isOverload(error) || (isRace && performance.now() > end))
        throw new AppError('overloaded', { cause: error, retryAfterSeconds: 1 });
      recordImpairment(error);
      if (!isRace) throw error;
      await pause(tries);
    }
  }
}

/** Runs after the commit, never after a rollback. An error is logged; the transaction stays committed. */
export function afterCommit(tx: Tx, hook: () => void): void {
  (tx as unknown as OpenTransaction).addHook(hook);
}

async function attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const driver = driverOf(openedDb() ?? (await db()));
  const startedAt = performance.now();
  const timed = (tx: Tx) => {
    metrics().databaseWait.observe((performance.now() - startedAt) / 1000);
    return work(tx);
  };
  return isPreview() ? runRolledBack(driver, timed) : driver.transaction(timed);
}

/** Jittered back-off. */
function pause(tries: number): Promise<void> {
  const millis = Math.random() * Math.min(5 * 2 ** tries, MAX_DELAY_MILLIS);
  return new Promise((resolve) => setTimeout(resolve, millis));
}
