/** How a column's values are compared and converted between the databases. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'boolean' | 'date' | 'bytes';
export type Column = { name: string; type: ColumnType };

export type Table = {
  name: string;
  columns: Column[];
  /** Positions of the primary key's columns, in its order. All are text or integers. */
  key: number[];
  /** Tables that must be filled before. */
  references: string[];
};

/** A value that the model does not permit, with the reason. */
export class Unreadable {
  constructor(readonly reason: string) {}
}

/**
 * A value in the form both databases share: text as it is, integers in decimal, `true` or `false`, dates as
 * `Date.toISOString`, bytes in hexadecimal, or null.
 */
export type Cell = string | null | Unreadable;
export type Row = Cell[];

/** A row that cannot be copied. */
export type Refusal = { table: string; key: string; column: string; reason: string };

export function keyOf(table: Table, row: Row): string[] {
  return table.key.map((at) => String(row[at]));
}

/** Tables of Prisma's schema with their columns, in its order. A new model needs no other place to be copied. */
export async function modelColumns(): Promise<Map<string, string[]>> {
  const { Prisma } = await import('../../../../generated/sqlite/client');
  const lists = Prisma as unknown as Record<string, Record<string, string>>;
  return new Map(
    Object.keys(Prisma.ModelName).map((model) => [model, Object.keys(lists[`${model}ScalarFieldEnum`] ?? {})]),
  );
}

/** Each table after those it references. Throws when they reference each other in a circle. */
export function inOrder(tables: Table[]): Table[] {
  const done: Table[] = [];
  const waiting = [...tables];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ name, references }) =>
      references.every((other) => other === name || !waiting.some((table) => table.name === other)),
    );
    if (at < 0) throw new Error(`tables reference each other: ${waiting.map(({ name }) => name).join(', ')}`);
    done.push(...waiting.splice(at, 1));
  }
  return done;
}

/** Tables that the bodies of triggers write: a copied row fills them. */
export function tablesWrittenBy(bodies: string[]): Set<string> {
  return new Set(
    bodies.flatMap((body) =>
      [...body.matchAll(/\b(?:INTO|UPDATE|DELETE FROM)\s+(?:"\w+"\.|\w+\.)?"?(\w+)"?/gi)].map(([, name = '']) => name),
    ),
  );
}

/** Throws when the databases describe a table differently. */
export function requireSameTables(source: Table[], target: Table[]): void {
  const described = (tables: Table[]) => tables.map(({ name, columns, key }) => JSON.stringify({ name, columns, key }));
  const others = new Set(described(target));
  const differing = described(source).find((one) => !others.has(one));
  if (differing || source.length !== target.length)
    throw new Error(`the databases have different tables: ${differing ?? 'one has more'}`);
}
