import { errorFields, log } from './log';
import { processWide } from './process-wide';

const MINUTE_MILLIS = 60_000;
const pending = processWide('last_use', () => new Set<string>());

/**
 * Records the use of something at most once a minute. Callers do not await it, and its failure fails no request.
 * `write` must leave a row that was written after `notSince`.
 */
export async function recordUse(
  { id, lastUsedAt }: { id: string; lastUsedAt: Date | null },
  now: Date,
  write: (notSince: Date) => Promise<void>,
): Promise<void> {
  const notSince = new Date(now.getTime() - MINUTE_MILLIS);
  if ((lastUsedAt !== null && lastUsedAt > notSince) || pending.has(id)) return;
  pending.add(id);
  try {
    await write(notSince);
  } catch (error) {
    log.warn('use of a secret not recorded', errorFields(error));
  } finally {
    pending.delete(id);
  }
}
