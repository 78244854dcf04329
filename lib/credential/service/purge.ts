import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/** Removes expired challenges; resolves to their number. Expiry is checked when a challenge is consumed. */
export async function purgeChallenges(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpiredChallenges(now, limit), { signal });
}
