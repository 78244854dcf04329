import type { Database, Statement as Prepared } from 'better-sqlite3';
import { toDate, toDateText } from './dates';
import type { Runner } from './runner';
import type { Statement, Value } from './statement';
import { reportStatement } from './statement-listener';

/** Runs statements on one connection, each prepared at first use. SQLite answers synchronously. */
export class SqliteStatements {
  readonly #ready = new Map<Statement<unknown>, Ready>();

  constructor(private readonly database: Database) {}

  all(of: Statement<unknown>, values: readonly Value[]): unknown[] {
    const { prepared, order, decoders, text } = this.#prepare(of);
    reportStatement(text, values);
    const rows = prepared.all(bindable(values, order));
    if (decoders.length > 0) for (const row of rows) decode(row as Record<string, unknown>, decoders);
    return rows;
  }

  run(of: Statement<unknown>, values: readonly Value[]): number {
    const { prepared, order, text } = this.#prepare(of);
    reportStatement(text, values);
    return prepared.run(bindable(values, order)).changes;
  }

  #prepare(of: Statement<unknown>): Ready {
    const known = this.#ready.get(of);
    if (known) return known;
    const ready = prepare(this.database, of);
    this.#ready.set(of, ready);
    return ready;
  }
}

export function runnerOn(statements: SqliteStatements): Runner {
  return {
    all: async (of, values) => statements.all(of, values),
    run: async (of, values) => statements.run(of, values),
  };
}

type Decoder = { key: string; read: (value: never) => unknown };
type Ready = {
  prepared: Prepared;
  text: string;
  /** For each `?`, the index of its value. */
  order: readonly number[];
  decoders: readonly Decoder[];
};

/** Replaces `$1` … by `?`; `order` has the index of each one's value. */
export function toSqlite(text: string): { sql: string; order: number[] } {
  const order: number[] = [];
  const sql = text.replace(/\$(\d+)/g, (_, number: string) => {
    order.push(Number(number) - 1);
    return '?';
  });
  return { sql, order };
}

/** The connection returns integers as BigInt, which Prisma's adapter needs. */
function prepare(database: Database, { text, options }: Statement<unknown>): Ready {
  const { sql, order } = toSqlite(text.sqlite);
  const prepared = database.prepare(sql).safeIntegers(false);
  const columns = prepared.reader ? prepared.columns() : [];
  const isArray = options.rows === 'arrays';
  if (isArray && prepared.reader) prepared.raw();
  const decoders = columns.flatMap(({ name, type }, at): Decoder[] => {
    const key = isArray ? String(at) : name;
    if (type === 'DATETIME') return [{ key, read: options.dates === 'text' ? toDateText : toDate }];
    if (type === 'BOOLEAN') return [{ key, read: (value: number) => value !== 0 }];
    return [];
  });
  return { prepared, text: sql, order, decoders };
}

function decode(row: Record<string, unknown>, decoders: readonly Decoder[]): void {
  for (const { key, read } of decoders) {
    const value = row[key];
    if (value !== null) row[key] = read(value as never);
  }
}

function bindable(values: readonly Value[], order: readonly number[]): unknown[] {
  return order.map((at) => toParameter(values[at]));
}

/** In the format of Prisma's adapter. */
function toParameter(value: Value | undefined): unknown {
  if (value instanceof Date) return `${value.toISOString().slice(0, -1)}+00:00`;
  return typeof value === 'boolean' ? Number(value) : value;
}
