import { countByMethod, type MethodCounts } from '@/lib/audit/service';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { processWide } from '@/lib/platform/process-wide';
import type { Project } from '@/lib/project/model';
import * as rows from '../repository';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Up to so many each session is compared with its identity; beyond, the number is about right. */
const MAX_COMPARED = 1000;

/** How many sessions open something now. Not exact: sessions of people who were deactivated may be among them. */
export async function countSessions(
  { id, sessionIdleSeconds, sessionLifetimeSeconds }: Project,
  now = new Date(),
): Promise<{ count: number; isExact: boolean }> {
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const inUse = { now, seenAfter: before(sessionIdleSeconds) };
  const count = await rows.countInUse(id, inUse);
  if (count > MAX_COMPARED) return { count, isExact: false };
  return { count: await rows.countOpen(id, before(sessionLifetimeSeconds), inUse), isExact: true };
}

/** How many sessions of all projects were used within a day and have not ended. */
export function countAllSessions(now = new Date()): Promise<number> {
  return rows.countAllInUse({ now, seenAfter: new Date(now.getTime() - DAY_MS) });
}

/** A day, by the midnight (UTC) that it begins with, and its sign-ins by method. */
export type SignInDay = MethodCounts & { day: Date };

/**
 * The sign-ins of the last days, today included, the oldest day first. Read from the audit log: who was erased since is
 * counted under `other`.
 */
export async function countSignIns(projectId: string, days: number, now = new Date()): Promise<SignInDay[]> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const wanted = Array.from({ length: days }, (_, at) => new Date(today - (days - 1 - at) * DAY_MS));
  const counted: SignInDay[] = [];
  // A few at a time: each reads one day's events, and the database has others to serve as well.
  for (let at = 0; at < days; at += CONCURRENCY) {
    const few = wanted.slice(at, at + CONCURRENCY);
    counted.push(...(await Promise.all(few.map(async (day) => ({ day, ...(await countDay(projectId, day, now)) })))));
  }
  return counted;
}

const CONCURRENCY = 3;

/** A day that is over long enough for its last transactions keeps its numbers. */
const SETTLED_MS = 10 * 60 * 1000;
const settled = processWide('session.statistics', () => new BoundedCache<MethodCounts>(20_000));

async function countDay(projectId: string, day: Date, now: Date): Promise<MethodCounts> {
  const until = new Date(day.getTime() + DAY_MS);
  const key = `${projectId} ${day.toISOString()}`;
  const known = settled.get(key);
  if (known) return known;
  const counts = await countByMethod(projectId, 'session.started', day, until);
  if (now.getTime() - until.getTime() >= SETTLED_MS) settled.set(key, counts);
  return counts;
}
