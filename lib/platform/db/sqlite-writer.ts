import type { Database } from 'better-sqlite3';
import { type Guest, OpenTransaction } from './open-transaction';
import { outsidePreview, refuseInPreview } from './preview';
import { type Runner, TRANSACTION_LIMITS, TransactionTimeoutError } from './runner';
import { isBusy, pauseWhileBusy, rolledBackError, timeoutError } from './sqlite-connection';
import { SqliteStatements } from './sqlite-statements';

const MAX_QUEUE_LENGTH = 2000;
const MAX_GROUP_SIZE = 64;
/** A group commits after this time; its remaining writes form the next one. */
const MAX_GROUP_MILLIS = 10;
/** How many groups use savepoints after a group had to be repeated. */
const CAREFUL_GROUPS = 32;

type Command = 'begin' | 'commit' | 'rollback' | 'save' | 'release' | 'undo';
type Work<T> = (transaction: OpenTransaction) => Promise<T>;
/**
 * `autocommit` runs alone, outside a transaction; `once` cannot be repeated; `rolled_back` always fails, after changes, and
 * so has a savepoint of its own.
 */
type Manner = 'autocommit' | 'once' | 'rolled_back' | 'usual';
type Item = {
  work: Work<unknown>;
  manner: Manner;
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
 * event loop share one. They run in order of arrival and are answered after the COMMIT. A savepoint costs as much as a
 * small write, so a group runs without them: when a write fails after its first change, the group is rolled back and
 * repeated with a savepoint for each. See docs/decisions/0025-group-commit.md.
 */
export class SqliteWriter {
  readonly #queue: Item[] = [];
  readonly #runner;
  readonly #commands: Record<Command, () => void>;
  #isRunning = false;
  /** How many of the next writes get a transaction of their own. */
  #alone = 0;
  /** How many of the next groups use savepoints. */
  #careful = 0;
  /** How many statements may have changed something. */
  #changes = 0;
  #expiry: NodeJS.Timeout | undefined;
  /** Aborts the running write. */
  #abort = () => {};
  readonly #countedGuest: Guest = () => {
    this.#changes++;
    return this.guest();
  };
  readonly #limit = setTimeout(() => this.#abort(), TRANSACTION_LIMITS.timeout).unref();

  constructor(
    private readonly database: Database,
    private readonly guest: Guest,
    private readonly options: Options,
  ) {
    this.#runner = inTransaction(database, new SqliteStatements(database), () => this.#changes++);
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
  enqueue<T>(work: Work<T>, manner: Manner = 'usual'): Promise<T> {
    return new Promise((resolve, reject) => {
      if (manner !== 'rolled_back') refuseInPreview();
      if (this.#queue.length >= MAX_QUEUE_LENGTH) throw timeoutError();
      const deadline = performance.now() + this.options.waitMillis;
      this.#queue.push({ work, manner, deadline, resolve: resolve as Item['resolve'], reject });
      this.#expiry ??= setTimeout(() => this.#expire(), this.options.waitMillis);
      if (this.#isRunning) return;
      this.#isRunning = true;
      outsidePreview(() => setImmediate(() => void this.#drain()));
    });
  }

  /** Resolves when the queue is empty and every write is answered. */
  async settled(): Promise<void> {
    while (this.#isRunning) await new Promise((resolve) => setImmediate(resolve));
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await (this.#queue[0]?.manner === 'autocommit' ? this.#runAutocommit() : this.#runGroup());
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
      if (error instanceof NeedsSavepoints) this.#repeatWithSavepoints(group);
      else if (group.length === 1) group[0]?.reject(error);
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
    const end = this.#queue.findIndex(({ manner }) => manner === 'autocommit');
    return this.#queue.splice(0, Math.min(MAX_GROUP_SIZE, end === -1 ? MAX_GROUP_SIZE : end));
  }

  /** After a failure of the whole group, such as a full disk: which write causes it is not known. */
  #retryAlone(group: Item[]): void {
    this.#queue.unshift(...group);
    this.#alone = group.length;
  }

  #repeatWithSavepoints(group: Item[]): void {
    this.#queue.unshift(...group);
    this.#careful = CAREFUL_GROUPS;
  }

  /** Runs as much of the group as fits its time and requeues the rest. Returns the answers to send after COMMIT. */
  async #runAll(group: Item[]): Promise<Array<() => void>> {
    const isAlone = group.length === 1;
    const hasSavepoints = !isAlone && (this.#careful > 0 || group.some(({ manner }) => manner === 'once'));
    if (this.#careful > 0) this.#careful -= 1;
    const end = performance.now() + (this.options.groupMillis ?? MAX_GROUP_MILLIS);
    const answers: Array<() => void> = [];
    for (const item of group) {
      if (answers.length > 0 && performance.now() > end) break;
      answers.push(await this.#runOne(item, { isAlone, hasSavepoints }));
    }
    this.#queue.unshift(...group.splice(answers.length));
    return answers;
  }

  /** Throws when the whole group has failed or must be repeated. */
  async #runOne({ work, manner, resolve, reject }: Item, surroundings: Surroundings): Promise<() => void> {
    const { isAlone } = surroundings;
    const hasSavepoint = surroundings.hasSavepoints || (manner === 'rolled_back' && !isAlone);
    const transaction = new OpenTransaction(this.#runner, this.#countedGuest);
    const changes = this.#changes;
    try {
      if (hasSavepoint) this.#commands.save();
      const value = await this.#limited(work(transaction));
      await transaction.settle();
      if (hasSavepoint) this.#commands.release();
      return () => {
        transaction.runHooks();
        resolve(value);
      };
    } catch (error) {
      await transaction.end();
      // SQLite itself rolls everything back when the disk or the memory is full.
      if (isAlone || !this.database.inTransaction) throw error;
      if (hasSavepoint) {
        this.#commands.undo();
        this.#commands.release();
      } else if (this.#changes > changes) throw new NeedsSavepoints();
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

/** `isAlone`: the only write of its group. */
type Surroundings = { isAlone: boolean; hasSavepoints: boolean };

/** A write failed after a change that only a rollback of its whole group can undo. */
class NeedsSavepoints extends Error {
  override readonly name = 'NeedsSavepoints';
}

/**
 * Guards against a rollback by SQLite itself, as on a full disk: later statements would be autocommitted. Calls `onChange`
 * before each statement that may change something.
 */
function inTransaction(database: Database, statements: SqliteStatements, onChange: () => void): Runner {
  const requireOpen = () => {
    if (!database.inTransaction) throw rolledBackError();
  };
  return {
    all: async (of, values) => {
      requireOpen();
      if (!statements.isRead(of)) onChange();
      return statements.all(of, values);
    },
    run: async (of, values) => {
      requireOpen();
      onChange();
      return statements.run(of, values);
    },
  };
}
