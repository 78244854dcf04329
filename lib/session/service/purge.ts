import * as rows from '../repository';

const PURGE_STEP = 500;

/** Removes rows whose end has come, in small steps so that nobody waits; resolves to how many. Reading never relies on it. */
export async function purgeExpiredSessions(now = new Date()): Promise<number> {
  for (let total = 0; ; ) {
    const count = await rows.deleteExpired(now, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}
