import { AppError } from '../errors';
import { type Db, db } from './client';
import { isOverload, isRetryable } from './violations';

/** A client inside a transaction. Only database work may be awaited between its start and its end. */
export type Tx = Omit<Db, '$connect' | '$disconnect' | '$on' | '$transaction' | '$use' | '$extends'>;

const afterwards = new WeakMap<object, Array<() => void>>();
const MOST_TRIES = 5;

/**
 * One write of the product: all of it or nothing. Deadlocks and write conflicts are tried again; no free turn within the
 * bound is `overloaded`.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await db();
  for (let tries = 1; ; tries++) {
    const hooks: Array<() => void> = [];
    try {
      const result = await client.$transaction(async (tx) => {
        afterwards.set(tx, hooks);
        return work(tx);
      });
      for (const hook of hooks) hook();
      return result;
    } catch (error) {
      if (isRetryable(error) && tries < MOST_TRIES) continue;
      if (isOverload(error)) throw new AppError('overloaded', { cause: error, retryAfterSeconds: 1 });
      throw error;
    }
  }
}

/** Runs once the transaction is committed, never when it is undone. Must not throw. */
export function afterCommit(tx: Tx, hook: () => void): void {
  afterwards.get(tx)?.push(hook);
}
