import { databaseKind } from '@/lib/platform/db/client';
import { run, type Statement, statement, type Value } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Identity } from '../model';
import { toRow } from './row';
import { CHANGED } from './write';

type Update<Column extends string> = { columns: readonly Column[]; of: Statement<unknown> };

/** As `insertInto`: SQLite runs a statement per row, PostgreSQL takes all rows as JSON in one. */
function updateOf<const Column extends string>(name: string, columns: readonly Column[]): Update<Column> {
  return {
    columns,
    of: statement(name, {
      sqlite: `UPDATE "Identity" SET ${columns.map((column, at) => `"${column}" = $${at + 4}`).join(', ')}
        WHERE "id" = $1 AND "projectId" = $2 AND "version" = $3`,
      postgresql: `UPDATE "Identity" i SET ${columns.map((column) => `"${column}" = r."${column}"`).join(', ')}
        FROM json_populate_recordset(NULL::"Identity", $1::json) r
        WHERE i."id" = r."id" AND i."projectId" = r."projectId" AND i."version" = r."version" - 1`,
    }),
  };
}

const ALL = updateOf('identity.update_batch', CHANGED);
/** Leaves the columns that the indexes for search and sorting contain. */
const SCHEMA = updateOf('identity.update_batch_schema', ['schemaId', 'schemaVersion', 'updatedAt', 'version'] as const);

/** An identity as it was read, and as it is written: with the next version. */
export type IdentityPair = { before: Identity; after: Identity };

/**
 * Writes the rows of identities of one project whose versions are unchanged; their addresses are written separately.
 * False after a concurrent update of one: the transaction must be rolled back.
 */
export async function updateIdentities(tx: Tx, pairs: readonly IdentityPair[]): Promise<boolean> {
  const isSchemaOnly = ({ before, after }: IdentityPair) =>
    before.traits === after.traits && before.identifiers.join('\n') === after.identifiers.join('\n');
  const schemaOnly = pairs.filter(isSchemaOnly);
  const others = pairs.filter((pair) => !isSchemaOnly(pair));
  const small = await updateRows(tx, SCHEMA, schemaOnly, ({ schemaId, schemaVersion, updatedAt, version }) => ({
    ...{ schemaId, schemaVersion, updatedAt, version },
  }));
  const whole = await updateRows(tx, ALL, others, (after) => ({ ...toRow(after), version: after.version }));
  return small + whole === pairs.length;
}

async function updateRows<Column extends string>(
  tx: Tx,
  { columns, of }: Update<Column>,
  pairs: readonly IdentityPair[],
  toColumns: (after: Identity) => Record<Column, Value>,
): Promise<number> {
  if (pairs.length === 0) return 0;
  if (databaseKind() === 'postgresql') {
    const rows = pairs.map(({ after }) => ({ id: after.id, projectId: after.projectId, ...toColumns(after) }));
    return run(of, [JSON.stringify(rows)], tx);
  }
  let total = 0;
  for (const { before, after } of pairs) {
    const row = toColumns(after);
    total += await run(of, [before.id, before.projectId, before.version, ...columns.map((column) => row[column])], tx);
  }
  return total;
}
