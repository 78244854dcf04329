import { type Count, type Permit, type RateLimit, rateLimited } from '../model';
import { deleteWindow, findCounts, increment } from '../repository';
import { idOf, windowEnd } from './window';

/**
 * Acquires one of `max` permits, each of which returns by itself after `windowSeconds`: a sliding window, so that no
 * window boundary allows twice as many. Each permit is a row and the database decides which caller gets it, so at most
 * `max` callers succeed across all processes. Refuses: `rate_limited` with the seconds until the first permit returns.
 */
export async function acquire(limit: RateLimit): Promise<Permit> {
  const now = new Date();
  const ids = permitIds(limit);
  const taken = await findCounts(ids, now);
  for (const id of ids.filter((candidate) => !taken.has(candidate))) {
    const { count: position, endsAt } = await increment(id, now, windowEnd(limit, now));
    if (position === 1) return { id, endsAt };
    taken.set(id, { count: position, endsAt });
  }
  throw rateLimited(firstEnd(taken) ?? windowEnd(limit, now), now);
}

/** Returns a permit early, such as after a correct guess. */
export async function release({ id, endsAt }: Permit): Promise<void> {
  await deleteWindow(id, endsAt);
}

/** The number of free permits, and when the next one returns (null if none is taken). */
export async function availability(limit: RateLimit): Promise<{ left: number; nextAt: Date | null }> {
  const taken = await findCounts(permitIds(limit), new Date());
  return { left: limit.max - taken.size, nextAt: firstEnd(taken) };
}

function permitIds(limit: RateLimit): string[] {
  const id = idOf(limit);
  return Array.from({ length: limit.max }, (_, index) => `${id}:${index}`);
}

function firstEnd(taken: Map<string, Count>): Date | null {
  const ends = [...taken.values()].map(({ endsAt }) => endsAt.getTime());
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
