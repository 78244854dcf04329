import { type DatabaseKind, db } from './client';
import { driverOf, runnerOf } from './runner';
import type { Tx } from './transaction';

/** What a statement takes. */
export type Value = string | number | boolean | Date | null | Uint8Array;

declare const row: unique symbol;

/** SQL that is prepared once per connection. `Row` is what `all` and `first` return for it. */
export type Statement<Row> = {
  readonly name: string;
  readonly text: Readonly<Record<DatabaseKind, string>>;
  readonly options: StatementOptions;
  readonly [row]?: Row;
};

export type StatementOptions = {
  /** `text` leaves dates as `Date.toJSON` writes them, for rows that become JSON. */
  dates?: 'text';
  /** `arrays` returns each row as an array of its columns. */
  rows?: 'arrays';
  /** PostgreSQL plans it for each call's values: a plan for any value would ignore how many rows these match. */
  isPlannedAnew?: boolean;
};

const registered = new Map<string, Statement<unknown>>();

/**
 * Declares a statement beside its repository function: standard SQL with `$1`, `$2` …, table names in quotes and
 * PascalCase, everything else (columns, aliases) not in PascalCase. `statement.test.ts` prepares each one on both databases.
 *
 * Values are written as Prisma writes them. Rows arrive as Prisma returns them, decided by the type of the column: a
 * DateTime is a `Date`, a Boolean `true` or `false`, a count a number, Bytes a `Buffer`. An expression has no type on
 * SQLite: `max("createdAt")` or a date within JSON is text there, so pass it to `toDate`; a condition is 0 or 1, so pass
 * it to `Boolean`. JSON stays text.
 */
export function statement<Row>(
  name: string,
  text: string | { sqlite: string; postgresql: string },
  options: StatementOptions = {},
): Statement<Row> {
  const made = { name, text: typeof text === 'string' ? { sqlite: text, postgresql: text } : text, options };
  const known = registered.get(name);
  // A module that is loaded again declares the same again.
  if (known && (known.text.sqlite !== made.text.sqlite || known.text.postgresql !== made.text.postgresql))
    throw new Error(`two statements are named ${name}`);
  registered.set(name, made);
  return made;
}

/** Those declared by the modules loaded so far. */
export function statements(): Statement<unknown>[] {
  return [...registered.values()];
}

/**
 * All rows. Without `tx`, of the last committed state; with it, in that transaction. The database's client in place of
 * `tx` counts as none.
 */
export async function all<Row>(of: Statement<Row>, values: readonly Value[], tx?: Tx): Promise<Row[]> {
  return runnerOf(tx ?? (await db())).all(of, values) as Promise<Row[]>;
}

/** The first row, or null. */
export async function first<Row>(of: Statement<Row>, values: readonly Value[], tx?: Tx): Promise<Row | null> {
  const [found] = await all(of, values, tx);
  return found ?? null;
}

/** The first row that a write returns, or null; without `tx`, in a transaction of its own. */
export async function returned<Row>(of: Statement<Row>, values: readonly Value[], tx?: Tx): Promise<Row | null> {
  const runner = tx ? runnerOf(tx) : driverOf(await db()).writer;
  const [found] = (await runner.all(of, values)) as Row[];
  return found ?? null;
}

/** Resolves to the number of rows changed; without `tx`, in a transaction of its own. */
export async function run(of: Statement<unknown>, values: readonly Value[], tx?: Tx): Promise<number> {
  return runnerOf(tx ?? (await db())).run(of, values);
}
