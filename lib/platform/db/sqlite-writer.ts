import type { Database } from 'better-sqlite3';
import { type Guest, OpenTransaction } from './open-transaction';
import { type Runner, TRANSACTION_LIMITS, TransactionTimeoutError } from './runner';
import { isBusy, pauseWhileBusy, rolledBackError, timeoutError } from './sqlite-connection';
import { runnerOn, SqliteStatements } from './sqlite-statements';

const MAX_QUEUE_LENGTH = 2000;
const MAX_GROUP_SIZE = 64;
/** A group commits after this time; its remaining writes form the next one. */
const MAX_GROUP_MILLIS = 10;

type Command = 'begin' | 'commit' | 'rollback' | 'save' | 'release' | 'undo';
type Work<T> = (transaction: OpenTransaction) => Promise<T>;
type Item = {
  work: Work<unknown>;
  /** Runs alone, outside a transaction. */
  isAutocommit: boolean;
  deadline: number;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
};

type Options = {
  /** For the wait in the queue and for the lock together. */
  waitMillis: number;
  /** Default `MAX_GROUP_MILLIS`. */
  groupMillis?: number;
  /** Before the writes of a commit are answered. */
  onCommit?: () => void;
};

/**
 * The writer of an SQLite file, with group commit: a COMMIT waits for the disk, so writes that arrive in one turn of the
 * event loop share one. Each has its own savepoint, runs in order of arrival and is answered after the COMMIT. See
 * docs/decisions/0025-group-commit.md.
 */
export class SqliteWriter {
  readonly #queue: Item[] = [];
  readonly #runner;
  readonly #commands: Record<Command, () => void>;
  #isRunning = false;
  /** How many of the next writes get a transaction of their own. */
  #alone = 0;
  #expiry: NodeJS.Timeout | undefined;
  /** Aborts the running write. */
  #abort = () => {};
  readonly #limit = setTimeout(() => this.#abort(), TRANSACTION_LIMITS.timeout).unref();

  constructor(
    private readonly database: Database,
    private readonly guest: Guest,
    private readonly options: Options,
  ) {
    this.#runner = inTransaction(database, runnerOn(new SqliteStatements(database)));
    const command = (sql: string) => {
      const prepared = database.prepare(sql);
      return () => void prepared.run();
    };
    this.#commands = {
      begin: command('BEGIN IMMEDIATE'),
      commit: command('COMMIT'),
      rollback: command('ROLLBACK'),
      save: command('SAVEPOINT work'),
      release: command('RELEASE work'),
      undo: command('ROLLBACK TO work'),
    };
  }

  /** Rejects with the adapter's timeout error when the queue is full or the wait exceeds the limit. */
  enqueue<T>(work: Work<T>, isAutocommit = false): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#queue.length >= MAX_QUEUE_LENGTH) throw timeoutError();
      const deadline = performance.now() + this.options.waitMillis;
      this.#queue.push({ work, isAutocommit, deadline, resolve: resolve as Item['resolve'], reject });
      this.#expiry ??= setTimeout(() => this.#expire(), this.options.waitMillis);
      if (this.#isRunning) return;
      this.#isRunning = true;
      setImmediate(() => void this.#drain());
    });
  }

  /** Resolves when the queue is empty and every write is answered. */
  async settled(): Promise<void> {
    while (this.#isRunning) await new Promise((resolve) => setImmediate(resolve));
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await (this.#queue[0]?.isAutocommit ? this.#runAutocommit() : this.#runGroup());
      await new Promise((resolve) => setImmediate(resolve)); // lets callers just answered enqueue their next writes
    }
    this.#isRunning = false;
    clearTimeout(this.#expiry);
    this.#expiry = undefined;
  }

  /** Rejects writes past their deadline; they are at the head of the queue. */
  #expire(): void {
    const now = performance.now();
    const firstAlive = this.#queue.findIndex(({ deadline }) => deadline > now);
    const count = firstAlive === -1 ? this.#queue.length : firstAlive;
    for (const { reject } of this.#queue.splice(0, count)) reject(timeoutError());
    clearTimeout(this.#expiry);
    const [next] = this.#queue;
    this.#expiry = next && setTimeout(() => this.#expire(), next.deadline - now);
  }

  async #runAutocommit(): Promise<void> {
    const item = this.#queue.shift();
    if (!item) return;
    try {
      for (let tries = 0; ; tries++) {
        try {
          const value = await item.work(new OpenTransaction(this.#runner, this.guest));
          this.options.onCommit?.();
          item.resolve(value);
          return;
        } catch (error) {
          if (!isBusy(error) || performance.now() > item.deadline) throw isBusy(error) ? timeoutError() : error;
          await pauseWhileBusy(tries);
        }
      }
    } catch (error) {
      item.reject(error);
    }
  }

  async #runGroup(): Promise<void> {
    try {
      await this.#begin();
    } catch (error) {
      for (const { reject } of this.#nextGroup()) reject(error);
      return;
    }
    const group = this.#nextGroup();
    if (group.length === 0) {
      if (this.database.inTransaction) this.#commands.rollback();
      return;
    }
    let answers: Array<() => void>;
    try {
      answers = await this.#runAll(group);
      this.#commands.commit();
    } catch (error) {
      if (this.database.inTransaction) this.#commands.rollback();
      if (group.length === 1) group[0]?.reject(error);
      else this.#retryAlone(group);
      return;
    }
    this.options.onCommit?.();
    for (const answer of answers) answer();
  }

  /** Resolves once the lock is held or the queue is empty. */
  async #begin(): Promise<void> {
    for (let tries = 0; this.#queue.length > 0; tries++) {
      try {
        this.#commands.begin();
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        await pauseWhileBusy(tries);
        this.#expire();
      }
    }
  }

  /** Removes the next group from the queue. */
  #nextGroup(): Item[] {
    if (this.#alone > 0) {
      this.#alone -= 1;
      return this.#queue.splice(0, 1);
    }
    const end = this.#queue.findIndex(({ isAutocommit }) => isAutocommit);
    return this.#queue.splice(0, Math.min(MAX_GROUP_SIZE, end === -1 ? MAX_GROUP_SIZE : end));
  }

  /** After a failure of the whole group, such as a full disk: which write causes it is not known. */
  #retryAlone(group: Item[]): void {
    this.#queue.unshift(...group);
    this.#alone = group.length;
  }

  /** Runs as much of the group as fits its time and requeues the rest. Returns the answers to send after COMMIT. */
  async #runAll(group: Item[]): Promise<Array<() => void>> {
    const isAlone = group.length === 1;
    const end = performance.now() + (this.options.groupMillis ?? MAX_GROUP_MILLIS);
    const answers: Array<() => void> = [];
    for (const item of group) {
      if (answers.length > 0 && performance.now() > end) break;
      answers.push(await this.#runOne(item, isAlone));
    }
    this.#queue.unshift(...group.splice(answers.length));
    return answers;
  }

  /** Throws when the whole group has failed. */
  async #runOne({ work, resolve, reject }: Item, isAlone: boolean): Promise<() => void> {
    const transaction = new OpenTransaction(this.#runner, this.guest);
    try {
      if (!isAlone) this.#commands.save();
      const value = await this.#limited(work(transaction));
      await transaction.end();
      if (!isAlone) this.#commands.release();
      return () => {
        transaction.runHooks();
        resolve(value);
      };
    } catch (error) {
      await transaction.end();
      // SQLite itself rolls everything back when the disk or the memory is full.
      if (isAlone || !this.database.inTransaction) throw error;
      this.#commands.undo();
      this.#commands.release();
      return () => reject(error);
    }
  }

  #limited<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#abort = () => reject(new TransactionTimeoutError('The transaction timed out'));
      this.#limit.refresh();
      work.then(resolve, reject);
    });
  }
}

/** Guards against a rollback by SQLite itself, as on a full disk: later statements would be autocommitted. */
function inTransaction(database: Database, runner: Runner): Runner {
  const requireOpen = () => {
    if (!database.inTransaction) throw rolledBackError();
  };
  return {
    all: async (of, values) => {
      requireOpen();
      return runner.all(of, values);
    },
    run: async (of, values) => {
      requireOpen();
      return runner.run(of, values);
    },
  };
}
