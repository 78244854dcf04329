import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../process-wide';
import type { Statement, Value } from './statement';

/** Runs statements on one connection, or outside transactions on any. */
export type Runner = {
  all(of: Statement<unknown>, values: readonly Value[]): Promise<unknown[]>;
  run(of: Statement<unknown>, values: readonly Value[]): Promise<number>;
};

const state = processWide('db.runners', () => ({
  /** By the client or transaction that callers know. */
  byOwner: new WeakMap<object, Runner>(),
  /** Where the adapter leaves the runner of a transaction that Prisma starts. */
  started: new AsyncLocalStorage<{ runner?: Runner }>(),
}));

export function setRunner(owner: object, runner: Runner): void {
  state.byOwner.set(owner, runner);
}

export function getRunner(owner: object): Runner {
  const runner = state.byOwner.get(owner);
  if (!runner) throw new Error('neither a database client nor an open transaction');
  return runner;
}

/** Called by an adapter when Prisma has started a transaction through it. */
export function lendRunner(runner: Runner): void {
  const place = state.started.getStore();
  if (place) place.runner = runner;
}

/** Runs `start`, which starts a transaction of Prisma, and passes it the runner of that transaction. */
export function withStarted<T>(start: (started: { runner?: Runner }) => Promise<T>): Promise<T> {
  const started = {};
  return state.started.run(started, () => start(started));
}
