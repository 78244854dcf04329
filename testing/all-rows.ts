import { Prisma } from '@/generated/sqlite/client';
import { db } from '../lib/platform/db/client';
import { table } from '../lib/platform/db/table';
import { textsOf } from './digests';

/** Written by every authenticated call, whether it changes anything or not. */
const OF_AUTHENTICATION = ['lastUsedAt', 'lastUsedAddress'];

/** Every row of every table of the data model, as sorted texts. */
export async function allRows(): Promise<Record<string, string[]>> {
  const client = await db();
  const held: Record<string, string[]> = {};
  for (const model of Object.values(Prisma.ModelName)) {
    const rows = await client.$queryRaw<object[]>(Prisma.sql`SELECT * FROM ${table(model)}`);
    held[model] = textsOf(rows, model === 'ApiCredential' ? OF_AUTHENTICATION : []);
  }
  return held;
}
