import { countByMethod, type MethodCounts } from '@/lib/audit/service';
import { BoundedCache } from '@/lib/platform/bounded-cache';
import { maxStaleMillis } from '@/lib/platform/db/replica';
import type { Tx } from '@/lib/platform/db/transaction';
import { processWide } from '@/lib/platform/process-wide';
import type { Project } from '@/lib/project/model';
import * as rows from '../repository';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Up to this number each session is checked against its identity; above it the count is approximate. */
const MAX_EXACT_COUNT = 1000;

/** Number of live sessions. If not exact, it may include sessions of deactivated identities. */
export async function countSessions(
  { id, sessionIdleSeconds, sessionLifetimeSeconds }: Project,
  now = new Date(),
): Promise<{ count: number; isExact: boolean }> {
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const inUse = { now, seenAfter: before(sessionIdleSeconds) };
  const count = await rows.countInUse(id, inUse);
  if (count > MAX_EXACT_COUNT) return { count, isExact: false };
  return { count: await rows.countOpen(id, before(sessionLifetimeSeconds), inUse), isExact: true };
}

/** The live sessions of these identities, and how many of them have one. */
export async function countSessionsOf(
  { id, sessionIdleSeconds, sessionLifetimeSeconds }: Project,
  identityIds: string[],
  { tx, now = new Date() }: { tx?: Tx; now?: Date } = {},
): Promise<rows.LiveCount> {
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const times = { now, seenAfter: before(sessionIdleSeconds), createdAfter: before(sessionLifetimeSeconds) };
  return rows.countLiveOf(id, identityIds, times, tx);
}

/** Number of sessions in all projects that were used within the last day and have not expired. */
export function countAllSessions(now = new Date()): Promise<number> {
  return rows.countAllInUse({ now, seenAfter: new Date(now.getTime() - DAY_MS) });
}

/** Sign-ins by method; `day` is midnight UTC. */
export type SignInDay = MethodCounts & { day: Date };

/**
 * Sign-ins of the last `days` days including today, oldest first. Read from the audit log: sign-ins of erased
 * identities count as `other`.
 */
export async function countSignIns(projectId: string, days: number, now = new Date()): Promise<SignInDay[]> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const dates = Array.from({ length: days }, (_, at) => new Date(today - (days - 1 - at) * DAY_MS));
  const counted: SignInDay[] = [];
  // In batches: each day is one read, and other requests need the database too.
  for (let at = 0; at < days; at += BATCH_DAYS) {
    const batch = dates.slice(at, at + BATCH_DAYS);
    counted.push(...(await Promise.all(batch.map(async (day) => ({ day, ...(await countDay(projectId, day, now)) })))));
  }
  return counted;
}

const BATCH_DAYS = 3;

/** A day's counts are cached once its last transactions must have committed, and must be on the replica. */
const SETTLED_MS = 10 * 60 * 1000;
const completedDays = processWide('session.statistics', () => new BoundedCache<MethodCounts>(20_000));

async function countDay(projectId: string, day: Date, now: Date): Promise<MethodCounts> {
  const until = new Date(day.getTime() + DAY_MS);
  const key = `${projectId} ${day.toISOString()}`;
  const cached = completedDays.get(key);
  if (cached) return cached;
  const counts = await countByMethod(projectId, 'session.started', day, until);
  if (now.getTime() - until.getTime() >= SETTLED_MS + maxStaleMillis()) completedDays.set(key, counts);
  return counts;
}
