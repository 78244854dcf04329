import { db } from '@/lib/platform/db/client';

/**
 * Counts one up and answers the new count. One statement (`INSERT … ON CONFLICT DO UPDATE … RETURNING`), so that of many at
 * once each gets a number of its own. Prisma writes it that way only while `where`, `create` and `update` stay this simple.
 */
export async function increment(id: string, expiresAt: Date): Promise<number> {
  const { count } = await (await db()).rateLimit.upsert({
    where: { id },
    create: { id, count: 1, expiresAt },
    update: { count: { increment: 1 } },
  });
  return count;
}

/** The counts of these windows; one that nobody hit yet is absent. */
export async function findCounts(ids: string[]): Promise<Map<string, number>> {
  const rows = await (await db()).rateLimit.findMany({ where: { id: { in: ids } } });
  return new Map(rows.map(({ id, count }) => [id, count]));
}

export async function deleteExpired(now: Date): Promise<number> {
  return (await (await db()).rateLimit.deleteMany({ where: { expiresAt: { lte: now } } })).count;
}
