import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { type Count, type RateLimit, rateLimited } from '../model';
import { deleteExpired, findCounts, increment } from '../repository';
import { idOf, windowEnd } from './window';

/**
 * Rate limits, counted in the database so that they apply across processes and restarts. Every function commits on its
 * own and must not be called inside a transaction: a count stays when the attempt is rolled back. Fails closed: throws
 * if the database is unreachable.
 */

/**
 * Counts one attempt against each limit; exactly `max` pass per window, also when concurrent. A full limit is refused
 * without a write. Pass narrow limits first: an attempt refused by one is not counted by those after it, so that one
 * client's burst does not fill a shared limit. Refuses: `rate_limited` with the seconds until the window ends.
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
 * Checks for room without counting: with `consumeLimits` after a failure, only failures count.
 * Refuses: `rate_limited` if one of the limits is full.
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

/** Counts one attempt and returns the number in the window. Never refuses. */
export async function count(limit: RateLimit): Promise<number> {
  const now = new Date();
  return (await increment(idOf(limit), now, windowEnd(limit, now))).count;
}

/** Whether `max` is reached, without counting. */
export async function isFull(limit: RateLimit): Promise<boolean> {
  const found = (await findCounts([idOf(limit)], new Date())).get(idOf(limit));
  return found !== undefined && found.count >= limit.max;
}

/** Deletes expired windows; resolves to the number deleted. Limits do not depend on it. */
export async function purgeRateLimits(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => deleteExpired(now, limit), { signal });
}

/** Refuses with the retry time of the limit that stays full longest. */
function refuseAny(full: Count[], now: Date): void {
  const [last] = full.sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  if (last) throw rateLimited(last.endsAt, now);
}
