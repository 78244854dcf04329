import { hmac } from '@/lib/platform/secret';
import { type RateLimit, rateLimited, type Window, windowAt } from './model';
import { deleteExpired, findCounts, increment } from './repository';

/**
 * Limits of attempts, counted in the database so that they hold over all processes and restarts. Every function writes in a
 * commit of its own and must not be called inside a transaction: a count stays when what it counted is undone.
 * They fail closed: when the database cannot be asked, they throw.
 */

/**
 * Counts one hit of each limit; exactly `max` of them pass in a window, however many come at once. A limit that is full
 * already is refused without a write. Refuses: `rate_limited` with the seconds until the window ends.
 */
export async function hit(...limits: RateLimit[]): Promise<void> {
  await peek(...limits);
  const now = new Date();
  const windows = limits.map((limit) => windowOf(limit, now));
  const counts: number[] = [];
  for (const { id, endsAt } of windows) counts.push(await increment(id, endsAt));
  refuseFirst(windows, (window, index) => (counts[index] ?? 0) > window.max, now);
}

/**
 * Asks whether there is room, without counting: with `hit` after a failure, only failures count.
 * Refuses: `rate_limited` when one of the limits is full.
 */
export async function peek(...limits: RateLimit[]): Promise<void> {
  const now = new Date();
  const windows = limits.map((limit) => windowOf(limit, now));
  const counts = await findCounts(windows.map(({ id }) => id));
  refuseFirst(windows, ({ id, max }) => (counts.get(id) ?? 0) >= max, now);
}

/** Counts one and answers how many there are now in the window. Never refuses. */
export async function count(limit: RateLimit): Promise<number> {
  const { id, endsAt } = windowOf(limit, new Date());
  return increment(id, endsAt);
}

/** Whether `max` is reached, without counting. */
export async function isFull(limit: RateLimit): Promise<boolean> {
  const { id, max } = windowOf(limit, new Date());
  return ((await findCounts([id])).get(id) ?? 0) >= max;
}

/** Forgets windows that are over. For the caretaker; limits do not depend on it. Answers how many went. */
export async function purgeRateLimits(): Promise<number> {
  return deleteExpired(new Date());
}

type LimitWindow = Window & { id: string; max: number };

function windowOf(limit: RateLimit, now: Date): LimitWindow {
  const window = windowAt(limit, now);
  // The lengths are in the id, so that a changed setting never reads the counts of the old one.
  const id = `${limit.name}:${limit.windowSeconds}:${window.number}:${hmac('rate-limit', `${limit.name}\0${limit.key}`)}`;
  return { ...window, id, max: limit.max };
}

/** With several full limits, the one that stays full longest says when to come again. */
function refuseFirst(windows: LimitWindow[], isOver: (window: LimitWindow, index: number) => boolean, now: Date): void {
  const [last] = windows.filter(isOver).sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  if (last) throw rateLimited(last, now);
}
