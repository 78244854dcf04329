import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils';
import type { Database } from 'better-sqlite3';
import { AppError } from '../errors';

/**
 * A safe front for @prisma/adapter-better-sqlite3, which runs everything on ONE connection: there, a query issued while
 * another request's transaction is open lands inside that transaction and is undone with it.
 * Here reads go to a read connection (a WAL snapshot), writes and transactions take turns on a write connection,
 * transactions start with BEGIN IMMEDIATE, and a lock held by another process is waited for without blocking the event loop.
 * The line of waiting writers and the wait for a lock are bounded; past the bound the answer is `overloaded` (503).
 * See docs/decisions/0002-sqlite-behind-a-gate.md.
 */
const LOCK_WAIT_MILLIS = 8000;
const LONGEST_LINE = 2000;
const STARTS_AS_READ = /^\s*SELECT\b/i;

type Connection = SqlDriverAdapter & { client: Database };

/** First come, first served; one at a time. */
class Gate {
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  async acquire(): Promise<() => void> {
    if (this.#waiting >= LONGEST_LINE) throw new AppError('overloaded', { retryAfterSeconds: 1 });
    const before = this.#tail;
    let release: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#tail = promise;
    this.#waiting++;
    await before;
    this.#waiting--;
    return release;
  }
}

class GatedSqlite implements SqlDriverAdapter {
  readonly provider = 'sqlite' as const;
  readonly adapterName = 'signet-gated-better-sqlite3';
  readonly #gate = new Gate();

  constructor(
    private readonly reader: Connection,
    private readonly writer: Connection,
  ) {}

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    if (STARTS_AS_READ.test(query.sql)) return patiently(() => this.reader.queryRaw(query));
    return this.#exclusive(() => this.writer.queryRaw(query));
  }

  async executeRaw(query: SqlQuery): Promise<number> {
    return this.#exclusive(() => this.writer.executeRaw(query));
  }

  async executeScript(script: string): Promise<void> {
    return this.#exclusive(() => this.writer.executeScript(script));
  }

  /** SQLite transactions are serialisable whatever is asked for. */
  async startTransaction(_isolation?: IsolationLevel): Promise<Transaction> {
    const release = await this.#gate.acquire();
    const { writer } = this;
    try {
      await patiently(async () => void writer.client.exec('BEGIN IMMEDIATE'));
    } catch (error) {
      release();
      throw error;
    }
    return {
      provider: 'sqlite',
      adapterName: this.adapterName,
      options: { usePhantomQuery: false },
      queryRaw: async (query) => writer.queryRaw(query),
      executeRaw: async (query) => writer.executeRaw(query),
      // Prisma has sent COMMIT or ROLLBACK itself by now; what is left is to let the next one in.
      commit: async () => release(),
      rollback: async () => {
        if (writer.client.inTransaction) writer.client.exec('ROLLBACK');
        release();
      },
      createSavepoint: async (name) => void writer.client.exec(`SAVEPOINT ${name}`),
      rollbackToSavepoint: async (name) => void writer.client.exec(`ROLLBACK TO ${name}`),
      releaseSavepoint: async (name) => void writer.client.exec(`RELEASE SAVEPOINT ${name}`),
    };
  }

  getConnectionInfo() {
    return { maxBindValues: 999, supportsRelationJoins: false };
  }

  async dispose(): Promise<void> {
    await this.reader.dispose();
    await this.writer.dispose();
  }

  async #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.#gate.acquire();
    try {
      return await patiently(work);
    } finally {
      release();
    }
  }
}

/** Opens the two connections of one SQLite file. */
export class GatedSqliteFactory implements SqlDriverAdapterFactory {
  readonly provider = 'sqlite' as const;
  readonly adapterName = 'signet-gated-better-sqlite3';
  readonly #official: PrismaBetterSqlite3;

  constructor(url: string) {
    this.#official = new PrismaBetterSqlite3({ url, timeout: 0 });
  }

  async connect(): Promise<SqlDriverAdapter> {
    const writer = await this.#open();
    const reader = await this.#open();
    reader.client.pragma('query_only = ON');
    return new GatedSqlite(reader, writer);
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

/** Waits for a lock that another process holds by asking again, so that this process goes on serving meanwhile. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const end = Date.now() + LOCK_WAIT_MILLIS;
  for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() > end) throw new AppError('overloaded', { cause: error, retryAfterSeconds: 1 });
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const cause: unknown = error.cause;
  const kind = typeof cause === 'object' && cause !== null && 'kind' in cause ? cause.kind : undefined;
  const code = 'code' in error ? String(error.code) : '';
  return kind === 'SocketTimeout' || code.startsWith('SQLITE_BUSY');
}
