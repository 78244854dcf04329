import { Prisma } from '@/generated/sqlite/client';
import { databaseKind, db } from '../lib/platform/db/client';

/**
 * A text per table, which is equal while its rows that meet the condition are, without the columns named by `without`.
 * Read as the database stores them, below our mapping and Prisma's; on PostgreSQL in one statement, because suites
 * compare before and after each test.
 */
export async function digestsOf(
  conditions: Partial<Record<Prisma.ModelName, Prisma.Sql>>,
  without: readonly string[] = [],
): Promise<Record<string, string>> {
  const client = await db();
  const parts = Object.entries(conditions).map(([name, condition]) => ({
    name,
    from: Prisma.sql`FROM ${Prisma.raw(`"${name}"`)} AS t WHERE ${condition}`,
  }));
  if (databaseKind() === 'sqlite') {
    const texts: Record<string, string> = {};
    for (const { name, from } of parts) {
      const rows = await client.$queryRaw<object[]>(Prisma.sql`SELECT * ${from}`);
      texts[name] = textsOf(rows, without).join();
    }
    return texts;
  }
  const digests = parts.map(
    ({ name, from }) => Prisma.sql`SELECT ${name} AS name, md5(string_agg(held, ',' ORDER BY held)) AS digest
      FROM (SELECT (to_jsonb(t) - ${without}::text[])::text AS held ${from}) AS rows`,
  );
  const rows = await client.$queryRaw<Array<{ name: string; digest: string | null }>>(
    Prisma.join(digests, ' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest ?? '']));
}

/** Rows as sorted JSON texts. */
export function textsOf(rows: object[], without: readonly string[] = []): string[] {
  const toText = (row: object) =>
    JSON.stringify(row, (key, value) => {
      if (without.includes(key)) return undefined;
      return typeof value === 'bigint' ? String(value) : value;
    });
  return rows.map(toText).sort();
}
