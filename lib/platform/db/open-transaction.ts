import { errorFields, log } from '../log';
import type { Db } from './client';
import type { Runner } from './runner';
import type { Statement, Value } from './statement';
import type { Tx } from './transaction';

/** Prisma on the transaction's connection. */
export type Guest = () => Promise<Record<string, unknown>> | Record<string, unknown>;

/**
 * The `tx` of a transaction. Statements go straight to the connection; members of a Prisma client (`tx.identity`,
 * `tx.$queryRaw`) go to a guest client on the same connection, started at first use. Nothing runs after the end: queries
 * still pending, as after a failed `Promise.all`, are awaited, and later ones are refused.
 */
export class OpenTransaction implements Runner {
  readonly #runner: Runner;
  readonly #guest: Guest;
  readonly #hooks: Array<() => void> = [];
  #pending: Set<Promise<unknown>> | undefined;
  #posted: Array<Promise<unknown>> | undefined;
  #isOpen = true;

  constructor(runner: Runner, guest: Guest) {
    this.#runner = runner;
    this.#guest = guest;
  }

  get tx(): Tx {
    return this as unknown as Tx;
  }

  all(of: Statement<unknown>, values: readonly Value[]): Promise<unknown[]> {
    return this.#isOpen ? this.#runner.all(of, values) : Promise.reject(hasEnded());
  }

  run(of: Statement<unknown>, values: readonly Value[]): Promise<number> {
    return this.#isOpen ? this.#runner.run(of, values) : Promise.reject(hasEnded());
  }

  /** Sends a write without waiting for it. Its failure fails the transaction. */
  post(of: Statement<unknown>, values: readonly Value[], onCount?: (count: number) => void): void {
    this.#requireOpen();
    const result = this.#runner.run(of, values);
    result.then(onCount, () => undefined); // a failure rejects `posted`, if the transaction gets that far
    this.#posted ??= [];
    this.#posted.push(result);
  }

  /** Rejects with the error of the first posted write that failed. */
  async posted(): Promise<void> {
    await together(this.#posted ?? []);
  }

  /** As `end`, after work that succeeded. Rejects as `posted`. */
  async settle(): Promise<void> {
    if (this.#posted) await this.posted();
    await this.end();
  }

  /** Calls the guest's `member`, or `member.method`. */
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

  /** After the commit. An error is only logged: rethrown, it would look like a failed commit and be retried. */
  runHooks(): void {
    for (const hook of this.#hooks) {
      try {
        hook();
      } catch (error) {
        log.error('hook failed after commit', errorFields(error));
      }
    }
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Refuses further queries; resolves when the pending ones are done. */
  async end(): Promise<void> {
    this.#isOpen = false;
    if (this.#pending) await Promise.allSettled(this.#pending);
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw hasEnded();
  }
}

/**
 * Waits for statements that were sent together. Rejects with the error of the first that failed, in this order: in
 * PostgreSQL, all later ones fail because of it.
 */
export async function together(sent: ReadonlyArray<Promise<unknown>>): Promise<void> {
  await Promise.allSettled(sent);
  for (const result of sent) await result;
}

function hasEnded(): Error {
  return new Error('The transaction has ended');
}

/** Members of the guest client. */
const MEMBERS = new Proxy(Object.prototype, {
  get(_, name, transaction: OpenTransaction) {
    // A promise checks whatever resolves it for `then`.
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

export function asGuest(client: Db | Tx): Record<string, unknown> {
  return client as unknown as Record<string, unknown>;
}
