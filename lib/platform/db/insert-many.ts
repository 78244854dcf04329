import { databaseKind } from './client';
import { run, type Statement, statement, type Value } from './statement';
import type { Tx } from './transaction';

/** Inserts any number of rows into one table. */
type Insert<Column extends string> = { table: string; columns: readonly Column[]; of: Statement<unknown> };
type Rows<Column extends string> = ReadonlyArray<Record<Column, Value>>;

/** Inserts into several tables, in this order. */
type CombinedInsert<Columns extends readonly string[]> = {
  inserts: { readonly [At in keyof Columns]: Insert<Columns[At]> };
  of: Statement<unknown>;
};

/**
 * Declares an insert beside its repository function. SQLite runs a prepared statement once per row, at microseconds each;
 * PostgreSQL takes all rows as JSON in one statement, with the types of the table's columns.
 */
export function insertInto<const Column extends string>(table: string, columns: readonly Column[]): Insert<Column> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  const of = statement(`insert.${table}`, {
    sqlite: `INSERT INTO "${table}" (${list}) VALUES (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    postgresql: `INSERT INTO "${table}" (${list}) SELECT ${list} FROM json_populate_recordset(NULL::"${table}", $1::json)`,
  });
  return { table, columns, of };
}

/** Inserts one row; without `tx`, in a transaction of its own. */
export async function insertOne<Column extends string>(
  { columns, of }: Insert<Column>,
  row: Record<Column, Value>,
  tx?: Tx,
): Promise<void> {
  const isSqlite = databaseKind() === 'sqlite';
  await run(of, isSqlite ? columns.map((column) => row[column]) : [toRecordset(columns, [row])], tx);
}

/** Inserts all rows; after an error, the caller's transaction must be rolled back. */
export async function insertMany<Column extends string>(
  { columns, of }: Insert<Column>,
  rows: Rows<Column>,
  tx: Tx,
): Promise<void> {
  if (rows.length === 0) return;
  if (databaseKind() === 'sqlite') {
    for (const row of rows)
      await run(
        of,
        columns.map((column) => row[column]),
        tx,
      );
    return;
  }
  await run(of, [toRecordset(columns, rows)], tx);
}

/** Combines inserts into one round trip to PostgreSQL. */
export function combineInserts<const Columns extends readonly string[]>(
  name: string,
  inserts: { readonly [At in keyof Columns]: Insert<Columns[At]> },
): CombinedInsert<Columns> {
  // Each part reads the count of the one before, which fixes their order: of two violations, the first is reported.
  const parts = inserts.map(({ of }, at) => {
    const after = at === 0 ? '' : ` WHERE (SELECT count(*) FROM part${at - 1}) >= 0`;
    return `part${at} AS (${of.text.postgresql.replace('$1', `$${at + 1}`)}${after} RETURNING 1)`;
  });
  const postgresql = `WITH ${parts.join(', ')} SELECT count(*) FROM part${parts.length - 1}`;
  return { inserts, of: statement(name, { sqlite: 'SELECT 1', postgresql }) };
}

export async function insertCombined<Columns extends readonly string[]>(
  { inserts, of }: CombinedInsert<Columns>,
  rows: { readonly [At in keyof Columns]: Rows<Columns[At]> },
  tx: Tx,
): Promise<void> {
  if (databaseKind() === 'postgresql') {
    const values = inserts.map(({ columns }, at) => toRecordset(columns, rows[at] ?? []));
    await run(of, values, tx);
    return;
  }
  for (const [at, one] of inserts.entries()) await insertMany(one, rows[at] ?? [], tx);
}

/** Rows as the JSON parameter of an insert on PostgreSQL. */
export function toRecordset<Column extends string>(columns: readonly Column[], rows: Rows<Column>): string {
  return JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((column) => [column, toJson(row[column])]))));
}

function toJson(value: Value) {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;
}
