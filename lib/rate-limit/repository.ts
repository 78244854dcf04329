import { db } from '@/lib/platform/db/client';
import { returned, statement } from '@/lib/platform/db/statement';
import type { Count } from './model';

const INCREMENT = statement<{ count: number; expiresAt: Date }>(
  'rate_limit.increment',
  `INSERT INTO "RateLimit" AS r ("id", "count", "expiresAt") VALUES ($1, 1, $2)
   ON CONFLICT ("id") DO UPDATE SET
     "count" = CASE WHEN r."expiresAt" > $3 THEN r."count" + 1 ELSE 1 END,
     "expiresAt" = CASE WHEN r."expiresAt" > $3 THEN r."expiresAt" ELSE excluded."expiresAt" END
   RETURNING "count", "expiresAt"`,
);

/**
 * Increments and returns the count; an expired window is replaced by one that ends at `endsAt`. A single statement, so
 * that concurrent callers get distinct numbers.
 */
export async function increment(id: string, now: Date, endsAt: Date): Promise<Count> {
  const row = await returned(INCREMENT, [id, endsAt, now]);
  if (!row) throw new Error('The upsert returned no row');
  return { count: row.count, endsAt: row.expiresAt };
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
