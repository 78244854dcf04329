import { createHash } from 'node:crypto';
import type { Store } from './store';
import { keyOf, type Row, type Table } from './tables';

/** `sha256` over all rows in key order; `difference` describes the first one, null if there is none. */
export type Compared = { table: string; rows: number; sha256: string; difference: string | null };

/** Reads a table from both databases side by side. */
export async function compareTable(
  table: Table,
  source: Store,
  target: Store,
  onRows: (rows: number) => void,
): Promise<Compared> {
  const [here, there] = [createHash('sha256'), createHash('sha256')];
  const others = singly(target.rows(table, null));
  let difference: string | null = null;
  let rows = 0;
  for await (const batch of source.rows(table, null)) {
    for (const row of batch) {
      const next = await others.next();
      const other = next.done ? null : next.value;
      const [text, otherText] = [JSON.stringify(row), JSON.stringify(other)];
      here.update(text);
      if (other) there.update(otherText);
      if (text !== otherText) difference ??= describe(table, row, other);
    }
    rows += batch.length;
    onRows(batch.length);
  }
  const surplus = await others.next();
  if (!surplus.done) difference ??= describe(table, null, surplus.value);
  await others.return(undefined);
  const sha256 = here.digest('hex');
  if (difference === null && sha256 !== there.digest('hex')) difference = 'their digests differ';
  return { table: table.name, rows, sha256, difference };
}

async function* singly(batches: AsyncGenerator<Row[]>): AsyncGenerator<Row, undefined, undefined> {
  for await (const batch of batches) yield* batch;
}

/** Never contains values: they may be secrets or personal data. */
function describe(table: Table, row: Row | null, other: Row | null): string {
  const [key, otherKey] = [row && keyOf(table, row).join(', '), other && keyOf(table, other).join(', ')];
  if (key === null) return `${otherKey} is in the target only`;
  if (key !== otherKey) return `${key} is missing in the target, or ${otherKey ?? 'nothing'} is in its place`;
  const names = table.columns.filter((_, at) => JSON.stringify(row?.[at]) !== JSON.stringify(other?.[at]));
  return `${key} differs in ${names.map(({ name }) => name).join(', ')}`;
}
