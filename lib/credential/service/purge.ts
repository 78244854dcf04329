import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/** Removes challenges that nobody answered in time; resolves to how many. Expiry is checked when a challenge is taken. */
export async function purgeChallenges(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpiredChallenges(now, limit), { signal });
}
