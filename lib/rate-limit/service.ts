import { hmac } from '@/lib/platform/secret';
import { type Count, type Permit, type RateLimit, rateLimited } from './model';
import { deleteExpired, deleteWindow, findCounts, increment } from './repository';

/**
 * Limits of attempts, counted in the database so that they hold over all processes and restarts. Every function writes in a
 * commit of its own and must not be called inside a transaction: a count stays when what it counted is undone.
 * They fail closed: when the database cannot be asked, they throw.
 */

/**
 * Counts one hit of each limit; exactly `max` of them pass in a window, however many come at once. A limit that is full
 * already is refused without a write. The narrow limits go first: what one of them refuses is not counted by those after it,
 * so that many at once of one client do not fill what all share. Refuses: `rate_limited` with the seconds until the window ends.
 */
export async function hit(...limits: RateLimit[]): Promise<void> {
  await peek(...limits);
  const now = new Date();
  for (const limit of limits) {
    const counted = await increment(idOf(limit), now, endOf(limit, now));
    if (counted.count > limit.max) throw rateLimited(counted.endsAt, now);
  }
}

/**
 * Asks whether there is room, without counting: with `hit` after a failure, only failures count.
 * Refuses: `rate_limited` when one of the limits is full.
 */
export async function peek(...limits: RateLimit[]): Promise<void> {
  const now = new Date();
  const counts = await findCounts(limits.map(idOf), now);
  const full = limits.flatMap((limit) => {
    const found = counts.get(idOf(limit));
    return found && found.count >= limit.max ? [found] : [];
  });
  refuseAny(full, now);
}

/** Counts one and answers how many there are now in the window. Never refuses. */
export async function count(limit: RateLimit): Promise<number> {
  const now = new Date();
  return (await increment(idOf(limit), now, endOf(limit, now))).count;
}

/** Whether `max` is reached, without counting. */
export async function isFull(limit: RateLimit): Promise<boolean> {
  const found = (await findCounts([idOf(limit)], new Date())).get(idOf(limit));
  return found !== undefined && found.count >= limit.max;
}

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
    const { count: position, endsAt } = await increment(id, now, endOf(limit, now));
    if (position === 1) return { id, endsAt };
    taken.set(id, { count: position, endsAt });
  }
  throw rateLimited(firstEnd(taken) ?? endOf(limit, now), now);
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

/** Forgets windows that are over. For housekeeping; limits do not depend on it. Answers how many went. */
export async function purgeRateLimits(): Promise<number> {
  return deleteExpired(new Date());
}

/** The length is in the id, so that a changed setting never reads the counts of the old one. */
function idOf({ name, key, windowSeconds }: RateLimit): string {
  return `${name}:${windowSeconds}:${hmac('rate-limit', `${name}\0${key}`)}`;
}

function endOf({ windowSeconds }: RateLimit, now: Date): Date {
  return new Date(now.getTime() + windowSeconds * 1000);
}

/** With several full limits, the one that stays full longest says when to come again. */
function refuseAny(full: Count[], now: Date): void {
  const [last] = full.sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  if (last) throw rateLimited(last.endsAt, now);
}
