import type { Database, Statement as Prepared } from 'better-sqlite3';
import { toDate, toDateText } from './dates';
import type { Statement, StatementOptions, Value } from './statement';
import { reportStatement } from './statement-listener';

/** Runs statements on one connection, each prepared at first use. SQLite answers synchronously. */
export class SqliteStatements {
  readonly #ready = new Map<Statement<unknown>, Ready>();

  constructor(private readonly database: Database) {}

  all(of: Statement<unknown>, values: readonly Value[]): unknown[] {
    const { prepared, order, toRow, text } = this.#prepare(of);
    reportStatement(text, values);
    return prepared.all(bindable(values, order)).map(toRow);
  }

  /** Whether it changes nothing. */
  isRead(of: Statement<unknown>): boolean {
    return this.#prepare(of).prepared.readonly;
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

type Ready = {
  prepared: Prepared;
  text: string;
  /** For each `?`, the index of its value. */
  order: readonly number[];
  toRow: (columns: unknown) => unknown;
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
  if (prepared.reader) prepared.raw(); // the driver makes objects several times as slowly as `toObject`
  const columns = prepared.reader ? prepared.columns() : [];
  const decoders = columns.flatMap(({ type }, at) => decoderOf(type, at, options) ?? []);
  const names = columns.map(({ name }) => name);
  const toRow = (row: unknown) => {
    const values = row as unknown[];
    for (const { at, read } of decoders) if (values[at] !== null) values[at] = read(values[at] as never);
    return options.rows === 'arrays' ? values : toObject(names, values);
  };
  return { prepared, text: sql, order, toRow };
}

type Decoder = { at: number; read: (value: never) => unknown };

function decoderOf(type: string | null, at: number, { dates }: StatementOptions): Decoder | undefined {
  if (type === 'DATETIME') return { at, read: dates === 'text' ? toDateText : toDate };
  return type === 'BOOLEAN' ? { at, read: (value: number) => value !== 0 } : undefined;
}

function toObject(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [at, name] of names.entries()) row[name] = values[at];
  return row;
}

function bindable(values: readonly Value[], order: readonly number[]): unknown[] {
  return order.map((at) => toParameter(values[at]));
}

/** In the format of Prisma's adapter. */
function toParameter(value: Value | undefined): unknown {
  if (value instanceof Date) return `${value.toISOString().slice(0, -1)}+00:00`;
  return typeof value === 'boolean' ? Number(value) : value;
}
