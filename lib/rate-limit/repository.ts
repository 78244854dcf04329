import { db } from '@/lib/platform/db/client';
import type { Count } from './model';

/**
 * Counts one up and answers the new count; a window that is over makes room for a new one that ends at `endsAt`.
 * One statement (`INSERT … ON CONFLICT DO UPDATE … RETURNING`), so that of many at once each gets a number of its own.
 * Prisma writes it that way only while `where`, `create` and `update` stay this simple.
 */
export async function increment(id: string, now: Date, endsAt: Date): Promise<Count> {
  const { rateLimit } = await db();
  for (;;) {
    const row = await rateLimit.upsert({
      where: { id },
      create: { id, count: 1, expiresAt: endsAt },
      update: { count: { increment: 1 } },
    });
    if (row.expiresAt > now) return { count: row.count, endsAt: row.expiresAt };
    // Exactly the window that was seen to be over: somebody else may have begun the new one already.
    await rateLimit.deleteMany({ where: { id, expiresAt: row.expiresAt } });
  }
}

/** The counts of these windows; an expired or unused window is absent. */
export async function findCounts(ids: string[], now: Date): Promise<Map<string, Count>> {
  const rows = await (await db()).rateLimit.findMany({ where: { id: { in: ids }, expiresAt: { gt: now } } });
  return new Map(rows.map(({ id, count, expiresAt }) => [id, { count, endsAt: expiresAt }]));
}

/** Ends exactly this window: one that has begun since at the same id stays. */
export async function deleteWindow(id: string, endsAt: Date): Promise<void> {
  await (await db()).rateLimit.deleteMany({ where: { id, expiresAt: endsAt } });
}

export async function deleteExpired(now: Date): Promise<number> {
  return (await (await db()).rateLimit.deleteMany({ where: { expiresAt: { lte: now } } })).count;
}
