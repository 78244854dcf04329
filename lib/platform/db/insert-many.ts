import { databaseKind } from './client';
import { run, type Statement, statement, type Value } from './statement';
import type { Tx } from './transaction';

/** An insert of any number of rows into one table. */
type Insert<Column extends string> = { columns: readonly Column[]; of: Statement<unknown> };

/**
 * Declares an insert beside its repository function. On SQLite a prepared statement runs once per row, which costs
 * microseconds; on PostgreSQL one statement takes all rows as JSON, with the types of the table's own columns.
 */
export function insertInto<const Column extends string>(table: string, columns: readonly Column[]): Insert<Column> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  const of = statement(`insert.${table}`, {
    sqlite: `INSERT INTO "${table}" (${list}) VALUES (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    postgresql: `INSERT INTO "${table}" (${list}) SELECT ${list} FROM json_populate_recordset(NULL::"${table}", $1::json)`,
  });
  return { columns, of };
}

/** Inserts all rows or, where the transaction is rolled back after an error, none. */
export async function insertMany<Column extends string>(
  { columns, of }: Insert<Column>,
  rows: ReadonlyArray<Record<Column, Value>>,
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
  const chosen = rows.map((row) => Object.fromEntries(columns.map((column) => [column, toJson(row[column])])));
  await run(of, [JSON.stringify(chosen)], tx);
}

function toJson(value: Value) {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;
}
