import { databaseKind } from '@/lib/platform/db/client';
import { run, type Statement, statement, type Value } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Identity } from '../model';
import { searchTextOf, sortNameOf } from '../model/search';

/** Columns that a move changes, in this order; the first three always. */
const COLUMNS = ['schemaVersion', 'updatedAt', 'version', 'schemaId', 'traits', 'searchText', 'sortName'] as const;
const ALWAYS = COLUMNS.slice(0, 3);
const SOMETIMES = COLUMNS.slice(3);
type Column = (typeof COLUMNS)[number];
type Values = Partial<Record<Column, Value>>;

/**
 * A statement for each set of columns: a column that keeps its value is left out, because most indexes contain one, and
 * SQLite writes them anew for each column that is named. SQLite runs a statement per row, PostgreSQL takes all rows as
 * JSON in one.
 */
const UPDATES: ReadonlyMap<string, { columns: readonly Column[]; of: Statement<unknown> }> = new Map(
  subsetsOf(SOMETIMES).map((changed) => {
    const columns = [...ALWAYS, ...changed];
    const name = ['identity.update_batch', ...changed].join('_');
    const of = statement(name, {
      sqlite: `UPDATE "Identity" SET ${columns.map((column, at) => `"${column}" = $${at + 4}`).join(', ')}
        WHERE "id" = $1 AND "projectId" = $2 AND "version" = $3`,
      postgresql: `UPDATE "Identity" i SET ${columns.map((column) => `"${column}" = r."${column}"`).join(', ')}
        FROM json_populate_recordset(NULL::"Identity", $1::json) r
        WHERE i."id" = r."id" AND i."projectId" = r."projectId" AND i."version" = r."version" - 1`,
    });
    return [columns.join(), { columns, of }];
  }),
);

function subsetsOf(columns: readonly Column[]): Column[][] {
  return columns.reduce<Column[][]>((sets, column) => sets.concat(sets.map((set) => set.concat(column))), [[]]);
}

/** An identity as it was read, and as it is written: with the next version and another schema, its version, or traits. */
export type IdentityPair = { before: Identity; after: Identity };

/**
 * Writes the rows of identities of one project whose versions are unchanged; their addresses are written separately.
 * False after a concurrent update of one: the transaction must be rolled back.
 */
export async function updateIdentities(tx: Tx, pairs: readonly IdentityPair[]): Promise<boolean> {
  const groups = new Map<string, Array<{ pair: IdentityPair; values: Values }>>();
  for (const pair of pairs) {
    const values = valuesOf(pair);
    const key = Object.keys(values).join();
    const group = groups.get(key);
    if (group) group.push({ pair, values });
    else groups.set(key, [{ pair, values }]);
  }
  let count = 0;
  for (const [key, rows] of groups) count += await updateRows(tx, key, rows);
  return count === pairs.length;
}

function valuesOf({ before, after }: IdentityPair): Values {
  const { schemaId, schemaVersion, updatedAt, version, traits } = after;
  const isSameText = traits === before.traits && after.identifiers.join('\n') === before.identifiers.join('\n');
  const [searchText, sortName] = isSameText ? [] : [searchTextOf(after), sortNameOf(after)];
  return {
    ...{ schemaVersion, updatedAt, version },
    ...(schemaId !== before.schemaId && { schemaId }),
    ...(traits !== before.traits && { traits: JSON.stringify(traits) }),
    ...(searchText !== undefined && searchText !== searchTextOf(before) && { searchText }),
    ...(sortName !== undefined && sortName !== sortNameOf(before) && { sortName }),
  };
}

async function updateRows(
  tx: Tx,
  key: string,
  rows: ReadonlyArray<{ pair: IdentityPair; values: Values }>,
): Promise<number> {
  const update = UPDATES.get(key);
  if (!update) throw new Error(`no statement writes ${key}`);
  const { columns, of } = update;
  if (databaseKind() === 'postgresql') {
    const written = rows.map(({ pair: { after }, values }) => ({
      id: after.id,
      projectId: after.projectId,
      ...values,
    }));
    return run(of, [JSON.stringify(written)], tx);
  }
  let total = 0;
  for (const { pair, values } of rows) {
    const { id, projectId, version } = pair.before;
    total += await run(of, [id, projectId, version, ...columns.map((column) => values[column] ?? null)], tx);
  }
  return total;
}
