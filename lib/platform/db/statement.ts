import { type DatabaseKind, db, openedDb } from './client';
import type { OpenTransaction } from './open-transaction';
import { driverOf, type Runner, runnerOf } from './runner';
import type { Tx } from './transaction';

/** A parameter of a statement. */
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
  /** `text` returns dates as `Date.toJSON` does, for rows that become JSON. */
  dates?: 'text';
  /** `arrays` returns each row as an array of its columns. */
  rows?: 'arrays';
  /** PostgreSQL plans each call for its values: a generic plan would ignore how many rows they match. */
  isPlannedAnew?: boolean;
};

const registered = new Map<string, Statement<unknown>>();

/**
 * Declares a statement beside its repository function: standard SQL with `$1`, `$2` …, table names in quotes and
 * PascalCase, everything else (columns, aliases) not in PascalCase. `statement.test.ts` prepares each one on both databases.
 *
 * Values are written and rows returned as by Prisma, by the type of the column: a DateTime is a `Date`, a Boolean `true`
 * or `false`, a count a number, Bytes a `Buffer`. On SQLite, expressions have no type: pass `max("createdAt")` or a date
 * within JSON to `toDate`, and a condition to `Boolean`. JSON stays text.
 */
export function statement<Row>(
  name: string,
  text: string | { sqlite: string; postgresql: string },
  options: StatementOptions = {},
): Statement<Row> {
  const made = { name, text: typeof text === 'string' ? { sqlite: text, postgresql: text } : text, options };
  const known = registered.get(name);
  // A reloaded module declares the same statement again.
  if (known && (known.text.sqlite !== made.text.sqlite || known.text.postgresql !== made.text.postgresql))
    throw new Error(`Two statements are named ${name}`);
  registered.set(name, made);
  return made;
}

/** All statements declared by the modules loaded so far. */
export function statements(): Statement<unknown>[] {
  return [...registered.values()];
}

/** All rows: in the transaction `tx`, or of the last committed state without it (or with the database client as `tx`). */
export function all<Row>(of: Statement<Row>, values: readonly Value[], tx?: Tx): Promise<Row[]> {
  return on(tx, (runner) => runner.all(of, values)) as Promise<Row[]>;
}

/** The first row, or null. */
export async function first<Row>(of: Statement<Row>, values: readonly Value[], tx?: Tx): Promise<Row | null> {
  const [found] = await all(of, values, tx);
  return found ?? null;
}

/** The first row returned by a write (`RETURNING`), or null; without `tx`, in a transaction of its own. */
export async function returned<Row>(of: Statement<Row>, values: readonly Value[], tx?: Tx): Promise<Row | null> {
  const runner = tx ? runnerOf(tx) : driverOf(await db()).writer;
  const [found] = (await runner.all(of, values)) as Row[];
  return found ?? null;
}

/** Resolves to the number of rows changed; without `tx`, in a transaction of its own. */
export function run(of: Statement<unknown>, values: readonly Value[], tx?: Tx): Promise<number> {
  return on(tx, (runner) => runner.run(of, values));
}

/**
 * Writes without waiting: for a write whose result is not read. Later statements of the transaction see it; its failure
 * fails the transaction. On PostgreSQL it shares a round trip with the statement after it, or with COMMIT. `onCount` is
 * called before the commit, with the number of rows changed.
 */
export function post(
  of: Statement<unknown>,
  values: readonly Value[],
  tx: Tx,
  onCount?: (count: number) => void,
): void {
  (tx as unknown as OpenTransaction).post(of, values, onCount);
}

/** Not async, as each promise of a statement costs about as much as reading a row. */
function on<T>(tx: Tx | undefined, send: (runner: Runner) => Promise<T>): Promise<T> {
  const owner = tx ?? openedDb();
  return owner ? send(runnerOf(owner)) : db().then((client) => send(runnerOf(client)));
}
