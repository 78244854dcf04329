import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';

const ID = 'installation';

/** The secret's check value, or null. */
export async function findSecretCheck(reader?: Db | Tx): Promise<string | null> {
  const row = await (reader ?? (await db())).installation.findUnique({ where: { id: ID } });
  return row?.secretCheck ?? null;
}

/** The primary key decides between concurrent inserts. */
export async function insertSecretCheck(tx: Tx, secretCheck: string, now: Date): Promise<void> {
  await tx.installation.create({ data: { id: ID, secretCheck, createdAt: now, updatedAt: now } });
}

export async function replaceSecretCheck(tx: Tx, secretCheck: string, now: Date): Promise<void> {
  await tx.installation.upsert({
    where: { id: ID },
    create: { id: ID, secretCheck, createdAt: now, updatedAt: now },
    update: { secretCheck, updatedAt: now },
  });
}
