import { Prisma } from '@/generated/sqlite/client';
import { digestsOf } from './digests';

/** Written by every authenticated call, whether it changes anything or not. */
const OF_AUTHENTICATION = ['lastUsedAt', 'lastUsedAddress'];

/** A text for every table of the data model, which is equal while all of its rows are. */
export async function allRows(): Promise<Record<string, string>> {
  const everything = Object.values(Prisma.ModelName).map((name) => [name, Prisma.sql`1 = 1`]);
  const { ApiCredential, ...others } = Object.fromEntries(everything);
  return { ...(await digestsOf(others)), ...(await digestsOf({ ApiCredential }, OF_AUTHENTICATION)) };
}
