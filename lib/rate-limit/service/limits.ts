import { type Count, type RateLimit, rateLimited } from '../model';
import { deleteExpired, findCounts, increment } from '../repository';
import { idOf, windowEnd } from './window';

/**
 * Limits of attempts, counted in the database so that they hold over all processes and restarts. Every function writes in a
 * commit of its own and must not be called inside a transaction: a count stays when what it counted is undone.
 * They fail closed: when the database cannot be asked, they throw.
 */

/**
 * Counts one attempt against each limit; exactly `max` of them pass in a window, however many come at once. A limit that is full
 * already is refused without a write. The narrow limits go first: what one of them refuses is not counted by those after it,
 * so that many at once of one client do not fill what all share. Refuses: `rate_limited` with the seconds until the window ends.
 */
export async function consumeLimits(...limits: RateLimit[]): Promise<void> {
  await checkLimits(...limits);
  const now = new Date();
  for (const limit of limits) {
    const counted = await increment(idOf(limit), now, windowEnd(limit, now));
    if (counted.count > limit.max) throw rateLimited(counted.endsAt, now);
  }
}

/**
 * Asks whether there is room, without counting: with `consumeLimits` after a failure, only failures count.
 * Refuses: `rate_limited` when one of the limits is full.
 */
export async function checkLimits(...limits: RateLimit[]): Promise<void> {
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
  return (await increment(idOf(limit), now, windowEnd(limit, now))).count;
}

/** Whether `max` is reached, without counting. */
export async function isFull(limit: RateLimit): Promise<boolean> {
  const found = (await findCounts([idOf(limit)], new Date())).get(idOf(limit));
  return found !== undefined && found.count >= limit.max;
}

/** Forgets windows that are over. For housekeeping; limits do not depend on it. Answers how many went. */
export async function purgeRateLimits(): Promise<number> {
  return deleteExpired(new Date());
}

/** With several full limits, the one that stays full longest says when to come again. */
function refuseAny(full: Count[], now: Date): void {
  const [last] = full.sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  if (last) throw rateLimited(last.endsAt, now);
}
