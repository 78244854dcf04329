import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../process-wide';
import type { OpenTransaction } from './open-transaction';
import type { Driver } from './runner';
import type { Tx } from './transaction';

/** Called at the end of each transaction of a preview, before its rollback, with what the work recorded in it. */
type OnEnd = (tx: Tx, records: readonly unknown[]) => Promise<void>;
type Preview = { onEnd: OnEnd; records: unknown[] };

/** An async context: no service can commit by opening a transaction of its own (docs/decisions: "Previews"). */
const state = processWide('db.preview', () => ({ storage: new AsyncLocalStorage<Preview>(), running: 0 }));

/**
 * Runs `work` as usual, except that every transaction in it is rolled back where it would commit: nothing is written, no
 * hook runs after the commit, and refusals are the same. A write outside a transaction throws.
 */
export async function inPreview<T>(work: () => Promise<T>, onEnd: OnEnd): Promise<T> {
  state.running++;
  try {
    return await state.storage.run({ onEnd, records: [] }, work);
  } finally {
    // Before Node 24, a context in use slows down every promise of the process.
    if (--state.running === 0) state.storage.disable();
  }
}

export function isPreview(): boolean {
  return state.storage.getStore() !== undefined;
}

/** Keeps facts about the running transaction for the preview, if there is one. */
export function recordInPreview(records: readonly unknown[]): void {
  state.storage.getStore()?.records.push(...records);
}

/** Runs `start` outside the preview: what it starts serves other calls too. */
export function outsidePreview<T>(start: () => T): T {
  return isPreview() ? state.storage.exit(start) : start();
}

/** Throws in a preview, for writes outside transactions, which could not be rolled back. */
export function refuseInPreview(): void {
  if (isPreview()) throw new Error('A preview writes within transactions only');
}

/** Runs `work` in a transaction that is rolled back once it has succeeded. Rejects as the transaction. */
export async function runRolledBack<T>(driver: Driver, work: (tx: Tx) => Promise<T>): Promise<T> {
  const onEnd = state.storage.getStore()?.onEnd ?? (async () => {});
  const end = new PreviewEnd();
  let value: T | undefined;
  const rehearse = async (tx: Tx, records: unknown[]): Promise<never> => {
    value = await work(tx);
    await (tx as unknown as OpenTransaction).posted();
    await onEnd(tx, records);
    throw end;
  };
  // Each try has its own records, and its own context: the driver may start it in that of another call.
  const inContext = (tx: Tx) => {
    const records: unknown[] = [];
    return state.storage.run({ onEnd, records }, () => rehearse(tx, records));
  };
  try {
    return await driver.transaction(inContext, { isRolledBack: true });
  } catch (error) {
    if (error === end) return value as T;
    throw error;
  }
}

/** Ends a transaction whose work has succeeded. */
class PreviewEnd extends Error {
  override readonly name = 'PreviewEnd';
}
