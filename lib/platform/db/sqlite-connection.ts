import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { DriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { ColumnDefinition, Database, Statement } from 'better-sqlite3';
import { BoundedCache } from '../bounded-cache';
import { sqliteFile } from './sqlite-file.mjs';

/** A connection to an SQLite file, and Prisma's adapter on it. */
export type Connection = { database: Database; adapter: SqlDriverAdapter };

export async function openConnection(url: string): Promise<Connection> {
  const official = new PrismaBetterSqlite3({ url: sqliteFile(url), timeout: 0 });
  const adapter = (await official.connect()) as unknown as SqlDriverAdapter & { client: Adapted };
  const database = adapter.client as Database;
  database.pragma('busy_timeout = 5000'); // only while switching to WAL
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL'); // an acknowledged write survives a power loss
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 0');
  database.pragma('temp_store = MEMORY'); // savepoints would write to a temporary file
  database.pragma('cache_size = -65536'); // KiB, filled as pages are read
  database.pragma(`journal_size_limit = ${64 * 2 ** 20}`); // the WAL shrinks to this after a burst
  adapter.client = keepingStatements(database);
  return { database, adapter };
}

/** The adapter's own error: Prisma would misread the code of any other. */
export function timeoutError(): DriverAdapterError {
  return new DriverAdapterError({ kind: 'SocketTimeout' });
}

/** For a statement after the end of its transaction. */
export function rolledBackError(): DriverAdapterError {
  return new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: 'The transaction was rolled back' });
}

/** Another connection, such as the command line's, holds the lock. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const cause: unknown = error.cause;
  const kind = typeof cause === 'object' && cause !== null && 'kind' in cause ? cause.kind : undefined;
  const code = 'code' in error ? String(error.code) : '';
  return kind === 'SocketTimeout' || code.startsWith('SQLITE_BUSY');
}

/** Retries while another process holds the lock, without blocking the event loop. */
export async function retryWhileBusy<T>(deadline: number, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > deadline) throw timeoutError();
      await pauseWhileBusy(tries);
    }
  }
}

export function pauseWhileBusy(tries: number): Promise<void> {
  const millis = Math.min(2 ** tries, 25) * (0.5 + Math.random());
  return new Promise((resolve) => setTimeout(resolve, millis));
}

const MAX_KEPT_STATEMENTS = 500;

/** The part of a connection that the adapter uses. */
type Adapted = Pick<Database, 'exec' | 'close'> & { prepare(sql: string): { bind(values: unknown[]): object } };

/** Caches prepared statements: Prisma's adapter prepares each one again, because it binds values permanently. */
function keepingStatements(database: Database): Adapted {
  const kept = new BoundedCache<KeptStatement>(MAX_KEPT_STATEMENTS);
  const keep = (sql: string) => {
    const made = new KeptStatement(database.prepare(sql));
    kept.set(sql, made);
    return made;
  };
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare: (sql) => kept.get(sql) ?? keep(sql),
  };
}

/** The part of a statement that the adapter uses. */
class KeptStatement {
  readonly #statement: Statement;
  readonly #columns: ColumnDefinition[];

  constructor(statement: Statement) {
    this.#statement = statement;
    this.#columns = statement.reader ? statement.columns() : [];
    if (statement.reader) statement.raw();
  }

  bind(values: unknown[]) {
    const rows = { all: () => this.#statement.all(values) };
    return {
      reader: this.#statement.reader,
      columns: () => this.#columns,
      run: () => this.#statement.run(values),
      raw: () => rows,
    };
  }
}
