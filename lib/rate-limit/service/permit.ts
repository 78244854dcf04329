import { type Count, type Permit, type RateLimit, rateLimited } from '../model';
import { deleteWindow, findCounts, increment } from '../repository';
import { idOf, windowEnd } from './window';

/**
 * Takes one of `max` permits, each of which returns by itself after `windowSeconds`: a sliding window, so that no edge of an
 * hour or a day lets twice as many pass. Every permit is a row of its own and the database decides who takes it, so of any
 * number of callers in any number of processes at most `max` succeed. Refuses: `rate_limited` with the seconds until the
 * first permit returns.
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

/** Returns a permit early, such as that of a guess that was right. */
export async function release({ id, endsAt }: Permit): Promise<void> {
  await deleteWindow(id, endsAt);
}

/** How many permits can be taken now, and when the next one returns. `nextAt` is null while none is taken. */
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
