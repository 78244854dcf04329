import { AppError, isAppError } from '../errors';
import { metrics } from '../metrics';
import { type Db, db } from './client';
import { isOverload, isRetryable } from './violations';
import { noteImpairment } from './writable';

/** A client inside a transaction. Only database work may be awaited between its start and its end. */
export type Tx = Omit<Db, '$connect' | '$disconnect' | '$on' | '$transaction' | '$use' | '$extends'>;

/** Thrown inside a transaction by who finds that another writer came between its reading and its writing. */
export class LostRace extends Error {
  override readonly name = 'LostRace';
}

const afterwards = new WeakMap<object, Array<() => void>>();
const PATIENCE_MILLIS = 10_000;
const MAX_DELAY_MILLIS = 100;

/**
 * One write of the product: all of it or nothing. After a deadlock, a write conflict or a lost race the whole of it is tried
 * again, on what the other one wrote, so `work` must leave nothing behind outside of `tx`. Refuses: `overloaded` when there
 * is no free turn within the bound, or no end of races.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MILLIS;
  for (let tries = 0; ; tries++) {
    try {
      return await attempt(work);
    } catch (error) {
      if (isAppError(error)) throw error;
      const isRace = error instanceof LostRace || isRetryable(error);
      if (isOverload(error) || (isRace && performance.now() > end))
        throw new AppError('overloaded', { cause: error, retryAfterSeconds: 1 });
      noteImpairment(error);
      if (!isRace) throw error;
      await pause(tries);
    }
  }
}

/** Runs once the transaction is committed, never when it is undone. Must not throw. */
export function afterCommit(tx: Tx, hook: () => void): void {
  afterwards.get(tx)?.push(hook);
}

async function attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await db();
  const hooks: Array<() => void> = [];
  const asked = performance.now();
  const result = await client.$transaction(async (tx) => {
    metrics().databaseWait.observe((performance.now() - asked) / 1000);
    afterwards.set(tx, hooks);
    return work(tx);
  });
  for (const hook of hooks) hook();
  return result;
}

/** Of different length for each, so that those who met once do not meet again. */
function pause(tries: number): Promise<void> {
  const millis = Math.random() * Math.min(5 * 2 ** tries, MAX_DELAY_MILLIS);
  return new Promise((resolve) => setTimeout(resolve, millis));
}
