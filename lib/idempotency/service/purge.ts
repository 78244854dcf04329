import * as rows from '../repository';

const PURGE_STEP = 500;

/** Removes keys whose day is over, in small steps so that nobody waits; resolves to how many. */
export async function purgeIdempotencyKeys(now = new Date()): Promise<number> {
  for (let total = 0; ; ) {
    const count = await rows.deleteExpired(now, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}
