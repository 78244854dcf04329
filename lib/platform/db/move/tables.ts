/** Decides how a column's values are compared and converted between databases. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'boolean' | 'date' | 'bytes';
export type Column = { name: string; type: ColumnType };

export type Table = {
  name: string;
  columns: Column[];
  /** Positions of the primary key's columns, in key order. All are text or integers. */
  key: number[];
  /** Tables to fill first. */
  references: string[];
};

/** A value that does not fit its column's type, with the reason. */
export class Unreadable {
  constructor(readonly reason: string) {}
}

/**
 * A value in a form common to both databases: text unchanged, integers in decimal, `true` or `false`, dates as by
 * `Date.toISOString`, bytes in hexadecimal, or null.
 */
export type Cell = string | null | Unreadable;
export type Row = Cell[];

/** A row that cannot be copied. */
export type Refusal = { table: string; key: string; column: string; reason: string };

export function keyOf(table: Table, row: Row): string[] {
  return table.key.map((at) => String(row[at]));
}

/** The tables of Prisma's schema with their columns, so that a new model is copied without further code. */
export async function modelColumns(): Promise<Map<string, string[]>> {
  const { Prisma } = await import('../../../../generated/sqlite/client');
  const lists = Prisma as unknown as Record<string, Record<string, string>>;
  return new Map(
    Object.keys(Prisma.ModelName).map((model) => [model, Object.keys(lists[`${model}ScalarFieldEnum`] ?? {})]),
  );
}

/** Sorts tables after those they reference. Throws on a cycle. */
export function inOrder(tables: Table[]): Table[] {
  const done: Table[] = [];
  const waiting = [...tables];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ name, references }) =>
      references.every((other) => other === name || !waiting.some((table) => table.name === other)),
    );
    if (at < 0) throw new Error(`Tables reference each other: ${waiting.map(({ name }) => name).join(', ')}`);
    done.push(...waiting.splice(at, 1));
  }
  return done;
}

/** Tables that triggers write: inserting the copied rows fills them. */
export function tablesWrittenBy(bodies: string[]): Set<string> {
  return new Set(
    bodies.flatMap((body) =>
      [...body.matchAll(/\b(?:INTO|UPDATE|DELETE FROM)\s+(?:"\w+"\.|\w+\.)?"?(\w+)"?/gi)].map(([, name = '']) => name),
    ),
  );
}

/** Throws if the databases' tables differ. */
export function requireSameTables(source: Table[], target: Table[]): void {
  const described = (tables: Table[]) => tables.map(({ name, columns, key }) => JSON.stringify({ name, columns, key }));
  const others = new Set(described(target));
  const differing = described(source).find((one) => !others.has(one));
  if (differing || source.length !== target.length)
    throw new Error(`The databases have different tables: ${differing ?? 'one has more'}`);
}
