import { errorFields, log } from '../log';
import type { Db } from './client';
import type { Runner } from './runner';
import type { Statement, Value } from './statement';
import type { Tx } from './transaction';

/** Prisma on the transaction's connection. */
export type Guest = () => Promise<Record<string, unknown>> | Record<string, unknown>;

/**
 * What a transaction's work receives as `tx`: statements go straight to the connection, and the members of a Prisma
 * client (`tx.identity`, `tx.$queryRaw`) lead to a guest on the same connection, which a work of statements never
 * starts. Nothing runs after the end: what the work has left behind, as `Promise.all` does when one of its parts fails,
 * is awaited or refused.
 */
export class OpenTransaction implements Runner {
  readonly #runner: Runner;
  readonly #guest: Guest;
  readonly #hooks: Array<() => void> = [];
  #pending: Set<Promise<unknown>> | undefined;
  #isOpen = true;

  constructor(runner: Runner, guest: Guest) {
    this.#runner = runner;
    this.#guest = guest;
  }

  get tx(): Tx {
    return this as unknown as Tx;
  }

  async all(of: Statement<unknown>, values: readonly Value[]): Promise<unknown[]> {
    this.#requireOpen();
    return this.#runner.all(of, values);
  }

  async run(of: Statement<unknown>, values: readonly Value[]): Promise<number> {
    this.#requireOpen();
    return this.#runner.run(of, values);
  }

  /** Calls `member` of the guest, or `method` of that. */
  async call(member: string, method: string | undefined, values: unknown[]): Promise<unknown> {
    const result = this.#call(member, method, values);
    this.#pending ??= new Set();
    this.#pending.add(result);
    try {
      return await result;
    } finally {
      this.#pending.delete(result);
    }
  }

  async #call(member: string, method: string | undefined, values: unknown[]): Promise<unknown> {
    this.#requireOpen();
    const guest = await this.#guest();
    this.#requireOpen();
    const owner = (method === undefined ? guest : guest[member]) as Record<string, (...given: unknown[]) => unknown>;
    return owner[method ?? member]?.(...values);
  }

  addHook(hook: () => void): void {
    this.#hooks.push(hook);
  }

  /** After the commit, which the error of a hook must not make look like a failure: it would be retried. */
  runHooks(): void {
    for (const hook of this.#hooks) {
      try {
        hook();
      } catch (error) {
        log.error('work after a commit failed', errorFields(error));
      }
    }
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Resolves when nothing runs any more. */
  async end(): Promise<void> {
    this.#isOpen = false;
    if (this.#pending) await Promise.allSettled(this.#pending);
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw new Error('the transaction has ended');
  }
}

/** Members that an OpenTransaction does not have itself. */
const MEMBERS = new Proxy(Object.prototype, {
  get(_, name, transaction: OpenTransaction) {
    // Promises ask everything they resolve to whether it is a promise.
    if (typeof name === 'symbol' || name === 'then') return undefined;
    if (name.startsWith('$')) return (...values: unknown[]) => transaction.call(name, undefined, values);
    return modelOf(transaction, name);
  },
});
Object.setPrototypeOf(OpenTransaction.prototype, MEMBERS);

function modelOf(transaction: OpenTransaction, model: string): object {
  return new Proxy(transaction, {
    get:
      (_, method) =>
      (...values: unknown[]) =>
        transaction.call(model, String(method), values),
  });
}

/** As the guest of a transaction. */
export function asGuest(client: Db | Tx): Record<string, unknown> {
  return client as unknown as Record<string, unknown>;
}
