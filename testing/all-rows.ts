import { Prisma } from '@/generated/sqlite/client';
import { db } from '../lib/platform/db/client';
import { table } from '../lib/platform/db/table';

/** Written by every authenticated call, whether it changes anything or not. */
const OF_AUTHENTICATION = new Set(['lastUsedAt', 'lastUsedAddress']);

/** Every row of every table of the data model, as sorted texts. */
export async function allRows(): Promise<Record<string, string[]>> {
  const client = await db();
  const held: Record<string, string[]> = {};
  for (const model of Object.values(Prisma.ModelName)) {
    const rows = await client.$queryRaw<object[]>(Prisma.sql`SELECT * FROM ${table(model)}`);
    const isCredential = model === 'ApiCredential';
    held[model] = rows.map((row) => toText(row, isCredential)).sort();
  }
  return held;
}

function toText(row: object, isCredential: boolean): string {
  return JSON.stringify(row, (key, value) => {
    if (isCredential && OF_AUTHENTICATION.has(key)) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
}
