import * as rows from '../repository';

const PURGE_STEP = 500;

/** Removes challenges that nobody answered in time; resolves to how many. Expiry is checked when a challenge is taken. */
export async function purgeChallenges(now = new Date()): Promise<number> {
  for (let total = 0; ; ) {
    const count = await rows.deleteExpiredChallenges(now, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}
