import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import {
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import type { Database } from 'better-sqlite3';
import { yieldToEventLoop } from '../event-loop';
import { lendRunner, type Runner } from './runner';
import { reportStatement } from './sent';
import { sqliteFile } from './sqlite-file.mjs';
import { runnerOn, SqliteStatements } from './sqlite-runner';

/**
 * A safe front for @prisma/adapter-better-sqlite3, which runs everything on ONE connection: there, a query issued while
 * another request's transaction is open joins that transaction and is rolled back with it. Here reads go to a read
 * connection (a WAL snapshot), writes and transactions take turns on a write connection, transactions start with BEGIN
 * IMMEDIATE, and waiting for another process's lock does not block the event loop. The queue of writers is bounded, and
 * one deadline covers the wait in it and the wait for the lock; past either Prisma reports P1008, which is answered
 * 503. See docs/decisions/0002-sqlite-behind-a-gate.md.
 *
 * SQLite answers synchronously, so a caller that sends query after query would block the event loop, and every request
 * with it: each query first yields to the event loop when the last yield is too long ago.
 */
const WAIT_MILLIS = 8000; // less than Prisma's maxWait, which would end the wait but keep the place in the queue
const MAX_QUEUE_LENGTH = 2000;
const STARTS_AS_READ = /^\s*SELECT\b/i;

type Connection = SqlDriverAdapter & { client: Database };

/** A FIFO mutex. Waiters past their deadline are rejected and never get a turn. */
class Gate {
  #isHeld = false;
  readonly #line = new Set<() => void>();

  /** Resolves to the release function, which must be called at least once. */
  async acquire(deadline: number): Promise<() => void> {
    if (this.#isHeld) await this.#turn(deadline);
    this.#isHeld = true;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#next();
    };
  }

  #turn(deadline: number): Promise<void> {
    if (this.#line.size >= MAX_QUEUE_LENGTH) throw timeoutError();
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      const leave = () => {
        this.#line.delete(enter);
        reject(timeoutError());
      };
      const timer = setTimeout(leave, deadline - performance.now());
      this.#line.add(enter);
    });
  }

  /** The turn passes directly to the next waiter: no newcomer can take it in between. */
  #next(): void {
    const [first] = this.#line;
    if (!first) {
      this.#isHeld = false;
      return;
    }
    this.#line.delete(first);
    first();
  }
}

class GatedSqlite implements SqlDriverAdapter {
  readonly provider = 'sqlite' as const;
  readonly adapterName = 'signet-gated-better-sqlite3';
  readonly #gate = new Gate();
  readonly #reads: SqliteStatements;
  readonly #inTransaction: Runner;

  constructor(
    private readonly reader: Connection,
    private readonly writer: Connection,
    private readonly waitMillis: number,
  ) {
    this.#reads = new SqliteStatements(reader.client);
    this.#inTransaction = runnerOn(new SqliteStatements(writer.client));
  }

  /** Outside transactions, which write. */
  readonly runner: Runner = {
    all: async (of, values) => {
      await yieldToEventLoop();
      return retryWhileBusy(this.#deadline(), async () => this.#reads.all(of, values));
    },
    run: async ({ name }) => {
      throw new Error(`the statement ${name} needs a transaction`);
    },
  };

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    reportStatement(query.sql, query.args);
    await yieldToEventLoop();
    if (STARTS_AS_READ.test(query.sql)) return retryWhileBusy(this.#deadline(), () => this.reader.queryRaw(query));
    return this.#exclusive(() => this.writer.queryRaw(query));
  }

  async executeRaw(query: SqlQuery): Promise<number> {
    reportStatement(query.sql, query.args);
    await yieldToEventLoop();
    return this.#exclusive(() => this.writer.executeRaw(query));
  }

  async executeScript(script: string): Promise<void> {
    return this.#exclusive(() => this.writer.executeScript(script));
  }

  /** SQLite transactions are always serializable. */
  async startTransaction(_isolation?: IsolationLevel): Promise<Transaction> {
    await yieldToEventLoop();
    const deadline = this.#deadline();
    const release = await this.#gate.acquire(deadline);
    const { writer } = this;
    try {
      await retryWhileBusy(deadline, async () => void writer.client.exec('BEGIN IMMEDIATE'));
    } catch (error) {
      release();
      throw error;
    }
    lendRunner(this.#inTransaction);
    return {
      provider: 'sqlite',
      adapterName: this.adapterName,
      options: { usePhantomQuery: false },
      queryRaw: async (query) => {
        reportStatement(query.sql, query.args);
        return writer.queryRaw(query);
      },
      executeRaw: async (query) => {
        reportStatement(query.sql, query.args);
        return writer.executeRaw(query);
      },
      // Prisma has already sent COMMIT or ROLLBACK; only the turn remains to be released.
      commit: async () => release(),
      rollback: async () => {
        try {
          if (writer.client.inTransaction) writer.client.exec('ROLLBACK');
        } finally {
          release();
        }
      },
      createSavepoint: async (name) => void writer.client.exec(`SAVEPOINT ${name}`),
      rollbackToSavepoint: async (name) => void writer.client.exec(`ROLLBACK TO ${name}`),
      releaseSavepoint: async (name) => void writer.client.exec(`RELEASE SAVEPOINT ${name}`),
    };
  }

  getConnectionInfo() {
    // SQLITE_MAX_VARIABLE_NUMBER is 32766 since SQLite 3.32; beyond this number Prisma splits or refuses a statement.
    return { maxBindValues: 32_000, supportsRelationJoins: false };
  }

  async dispose(): Promise<void> {
    await this.reader.dispose();
    await this.writer.dispose();
  }

  async #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const deadline = this.#deadline();
    const release = await this.#gate.acquire(deadline);
    try {
      return await retryWhileBusy(deadline, work);
    } finally {
      release();
    }
  }

  #deadline(): number {
    return performance.now() + this.waitMillis;
  }
}

/** Opens the two connections of one SQLite file. */
export class GatedSqliteFactory implements SqlDriverAdapterFactory {
  readonly provider = 'sqlite' as const;
  readonly adapterName = 'signet-gated-better-sqlite3';
  readonly #official: PrismaBetterSqlite3;
  #connected: Promise<GatedSqlite> | undefined;

  constructor(
    url: string,
    private readonly waitMillis = WAIT_MILLIS,
  ) {
    this.#official = new PrismaBetterSqlite3({ url: sqliteFile(url), timeout: 0 });
  }

  /** Prisma connects with its first query, and again after a failure. */
  connect(): Promise<GatedSqlite> {
    const connecting = this.#connected ?? this.#connect();
    this.#connected = connecting;
    connecting.catch(() => {
      if (this.#connected === connecting) this.#connected = undefined;
    });
    return connecting;
  }

  async #connect(): Promise<GatedSqlite> {
    const writer = await this.#open();
    try {
      const reader = await this.#open();
      reader.client.pragma('query_only = ON');
      return new GatedSqlite(reader, writer, this.waitMillis);
    } catch (error) {
      await writer.dispose();
      throw error;
    }
  }

  async #open(): Promise<Connection> {
    const connection = (await this.#official.connect()) as unknown as Connection;
    connection.client.pragma('busy_timeout = 5000'); // only while switching to WAL
    connection.client.pragma('journal_mode = WAL');
    connection.client.pragma('synchronous = FULL'); // an acknowledged write survives a power loss
    connection.client.pragma('foreign_keys = ON');
    connection.client.pragma('busy_timeout = 0');
    return connection;
  }
}

/** Retries while another process holds the lock, without blocking the event loop. */
async function retryWhileBusy<T>(deadline: number, work: () => Promise<T>): Promise<T> {
  for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > deadline) throw timeoutError();
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}

/** As the adapter's own error: Prisma would misread the code of any other error. */
function timeoutError(): DriverAdapterError {
  return new DriverAdapterError({ kind: 'SocketTimeout' });
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const cause: unknown = error.cause;
  const kind = typeof cause === 'object' && cause !== null && 'kind' in cause ? cause.kind : undefined;
  const code = 'code' in error ? String(error.code) : '';
  return kind === 'SocketTimeout' || code.startsWith('SQLITE_BUSY');
}
