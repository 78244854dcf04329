import { db } from '@/lib/platform/db/client';
import type { Count } from './model';

/**
 * Increments and returns the count; an expired window is replaced by one that ends at `endsAt`. A single statement
 * (`INSERT … ON CONFLICT DO UPDATE … RETURNING`), so that concurrent callers get distinct numbers. Prisma generates it
 * only while `where`, `create` and `update` stay this simple.
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
    // Exactly the expired window: another caller may have started a new one already.
    await rateLimit.deleteMany({ where: { id, expiresAt: row.expiresAt } });
  }
}

/** The counts of these windows; expired and unused ones are absent. */
export async function findCounts(ids: string[], now: Date): Promise<Map<string, Count>> {
  const rows = await (await db()).rateLimit.findMany({ where: { id: { in: ids }, expiresAt: { gt: now } } });
  return new Map(rows.map(({ id, count, expiresAt }) => [id, { count, endsAt: expiresAt }]));
}

/** Deletes exactly this window, not a newer one under the same ID. */
export async function deleteWindow(id: string, endsAt: Date): Promise<void> {
  await (await db()).rateLimit.deleteMany({ where: { id, expiresAt: endsAt } });
}

/** Deletes at most `limit` windows that ended by `now`, not newer ones under the same ID. */
export async function deleteExpired(now: Date, limit: number): Promise<number> {
  const { rateLimit } = await db();
  const expired = { expiresAt: { lte: now } };
  const rows = await rateLimit.findMany({ where: expired, select: { id: true }, take: limit });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await rateLimit.deleteMany({ where: { id: { in: ids }, ...expired } })).count;
}
