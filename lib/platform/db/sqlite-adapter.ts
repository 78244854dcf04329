import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { isYieldDue, yieldToEventLoop } from '../event-loop';
import { asGuest, type OpenTransaction } from './open-transaction';
import type { Driver, Runner } from './runner';
import { type Connection, isBusy, openConnection, retryWhileBusy, rolledBackError } from './sqlite-connection';
import { SqliteSnapshot } from './sqlite-snapshot';
import { SqliteStatements } from './sqlite-statements';
import { SqliteWriter } from './sqlite-writer';
import { reportStatement } from './statement-listener';
import type { Tx } from './transaction';

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
const STARTS_AS_READ = /^\s*SELECT\b/i;
/** Fails or has no effect inside a transaction. */
const AUTOCOMMIT_ONLY = /^\s*(PRAGMA|VACUUM)\b/i;
const NAMES = { provider: 'sqlite', adapterName: 'signet-better-sqlite3' } as const;
// SQLITE_MAX_VARIABLE_NUMBER is 32766 since SQLite 3.32; beyond this number Prisma splits or refuses a statement.
const CONNECTION_INFO = { maxBindValues: 32_000, supportsRelationJoins: false };

class GatedSqlite implements SqlDriverAdapter {
  readonly provider = NAMES.provider;
  readonly adapterName = NAMES.adapterName;
  readonly reader: Runner;
  readonly writer: Runner;
  readonly #reader: Connection;
  readonly #writer: Connection;
  readonly #turns: SqliteWriter;

  constructor(
    [reader, writer]: [Connection, Connection],
    openGuest: OpenGuest,
    private readonly waitMillis: number,
    private readonly onDispose: () => void,
  ) {
    this.#reader = reader;
    this.#writer = writer;
    const guest = asGuest(openGuest(new GuestFactory(writer)));
    const statements = new SqliteStatements(reader.database);
    const snapshot = new SqliteSnapshot(reader.database);
    const read: typeof statements.all = (of, values) => {
      snapshot.open();
      return statements.all(of, values);
    };
    this.#turns = new SqliteWriter(writer.database, () => guest, { waitMillis, onCommit: () => snapshot.end() });
    this.reader = {
      // Awaits only what it must: a promise costs about as much as reading a row.
      all: async (of, values) => {
        if (isYieldDue()) await yieldToEventLoop();
        try {
          return read(of, values);
        } catch (error) {
          if (!isBusy(error)) throw error;
          return retryWhileBusy(this.#deadline(), async () => read(of, values));
        }
      },
      run: (of, values) => this.writer.run(of, values),
    };
    this.writer = {
      all: (of, values) => this.#turns.enqueue((transaction) => transaction.all(of, values)),
      run: (of, values) => this.#turns.enqueue((transaction) => transaction.run(of, values)),
    };
  }

  transaction: Driver['transaction'] = (work, options) =>
    this.#turns.enqueue(({ tx }) => work(tx), options?.isRolledBack ? 'rolled_back' : 'usual');

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    reportStatement(query.sql, query.args);
    await yieldToEventLoop();
    if (STARTS_AS_READ.test(query.sql))
      return retryWhileBusy(this.#deadline(), () => this.#reader.adapter.queryRaw(query));
    return this.#turns.enqueue(() => this.#writer.adapter.queryRaw(query), mannerOf(query));
  }

  async executeRaw(query: SqlQuery): Promise<number> {
    reportStatement(query.sql, query.args);
    return this.#turns.enqueue(() => this.#writer.adapter.executeRaw(query), mannerOf(query));
  }

  async executeScript(script: string): Promise<void> {
    return this.#turns.enqueue(() => this.#writer.adapter.executeScript(script), 'autocommit');
  }

  /** For Prisma's own transactions, such as that of a nested create. SQLite transactions are always serializable. */
  startTransaction(_isolation?: IsolationLevel): Promise<Transaction> {
    return new Promise((resolve, reject) => {
      let ended: Promise<void>;
      let hasBegun = false;
      const work = (transaction: OpenTransaction) =>
        new Promise<void>((commit, rollback) => {
          if (hasBegun) throw new Error('Rolled back with its group'); // Prisma cannot re-run its part
          hasBegun = true;
          resolve({
            ...guestOf(this.#writer, () => transaction.isOpen),
            options: { usePhantomQuery: true },
            commit: () => {
              commit();
              return ended; // after the group's COMMIT
            },
            rollback: async () => {
              rollback(new Error('Rolled back'));
              await ended.catch(() => undefined);
            },
          });
        });
      ended = this.#turns.enqueue(work, 'once');
      ended.catch(reject); // timed out in the queue
    });
  }

  getConnectionInfo() {
    return CONNECTION_INFO;
  }

  /** Drains the queue of writes first. */
  async dispose(): Promise<void> {
    this.onDispose();
    await this.#turns.settled();
    await this.#reader.adapter.dispose();
    await this.#writer.adapter.dispose();
  }

  #deadline(): number {
    return performance.now() + this.waitMillis;
  }
}

function mannerOf({ sql }: SqlQuery): 'autocommit' | 'usual' {
  return AUTOCOMMIT_ONLY.test(sql) ? 'autocommit' : 'usual';
}

/** Makes a Prisma client on the write connection, for use inside transactions. */
export type OpenGuest = (adapter: SqlDriverAdapterFactory) => Tx;

/** Opens the two connections of an SQLite file at the first query, and again after a failure or `close`. */
export class GatedSqliteFactory implements SqlDriverAdapterFactory, Driver {
  readonly provider = NAMES.provider;
  readonly adapterName = NAMES.adapterName;
  #connected: Promise<GatedSqlite> | undefined;
  #opened: GatedSqlite | undefined;

  constructor(
    private readonly url: string,
    private readonly openGuest: OpenGuest,
    private readonly waitMillis = WAIT_MILLIS,
  ) {}

  readonly reader: Runner = {
    all: (of, values) => this.#on(({ reader }) => reader.all(of, values)),
    run: (of, values) => this.#on(({ reader }) => reader.run(of, values)),
  };

  readonly writer: Runner = {
    all: (of, values) => this.#on(({ writer }) => writer.all(of, values)),
    run: (of, values) => this.#on(({ writer }) => writer.run(of, values)),
  };

  transaction: Driver['transaction'] = (work, options) => this.#on((connected) => connected.transaction(work, options));

  #on<T>(send: (connected: GatedSqlite) => Promise<T>): Promise<T> {
    return this.#opened ? send(this.#opened) : this.connect().then(send);
  }

  async close(): Promise<void> {
    const connected = await this.#connected?.catch(() => undefined);
    await connected?.dispose();
  }

  connect(): Promise<GatedSqlite> {
    if (this.#connected) return this.#connected;
    const connecting = this.#connect();
    this.#connected = connecting;
    const isCurrent = () => this.#connected === connecting;
    connecting.then(
      (opened) => {
        if (isCurrent()) this.#opened = opened;
      },
      () => {
        if (isCurrent()) this.#connected = undefined;
      },
    );
    return connecting;
  }

  async #connect(): Promise<GatedSqlite> {
    const writer = await openConnection(this.url);
    try {
      const reader = await openConnection(this.url);
      reader.database.pragma('query_only = ON');
      const end = () => {
        this.#connected = undefined;
        this.#opened = undefined;
      };
      return new GatedSqlite([reader, writer], this.openGuest, this.waitMillis, end);
    } catch (error) {
      await writer.adapter.dispose();
      throw error;
    }
  }
}

/** Prisma inside one of our transactions: on the same connection, without queueing. */
class GuestFactory implements SqlDriverAdapterFactory {
  readonly provider = NAMES.provider;
  readonly adapterName = NAMES.adapterName;

  constructor(private readonly writer: Connection) {}

  async connect(): Promise<SqlDriverAdapter> {
    const { adapter, database } = this.writer;
    const guest = guestOf(this.writer);
    let count = 0;
    return {
      ...guest,
      executeScript: (script) => adapter.executeScript(script),
      getConnectionInfo: () => CONNECTION_INFO,
      dispose: async () => undefined,
      startTransaction: async () => {
        const name = `guest${++count}`;
        await guest.createSavepoint(name);
        return {
          ...guest,
          options: { usePhantomQuery: true },
          commit: () => guest.releaseSavepoint(name),
          rollback: async () => {
            // An error such as a full disk may have ended the transaction.
            if (database.inTransaction) database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
          },
        };
      },
    };
  }
}

/** Prisma's part of a transaction. A statement after its end would join the next transaction, or run outside any. */
function guestOf({ adapter, database }: Connection, isOpen: () => boolean = () => true) {
  const requireOpen = () => {
    if (!database.inTransaction || !isOpen()) throw rolledBackError();
  };
  const execute = async (sql: string) => {
    requireOpen();
    database.exec(sql);
  };
  return {
    ...NAMES,
    queryRaw: async (query: SqlQuery) => {
      requireOpen();
      reportStatement(query.sql, query.args);
      return adapter.queryRaw(query);
    },
    executeRaw: async (query: SqlQuery) => {
      requireOpen();
      reportStatement(query.sql, query.args);
      return adapter.executeRaw(query);
    },
    createSavepoint: (name: string) => execute(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name: string) => execute(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name: string) => execute(`RELEASE SAVEPOINT ${name}`),
  };
}
