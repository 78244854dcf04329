import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/** Removes keys whose day is over, in small steps so that nobody waits; resolves to how many. */
export async function purgeIdempotencyKeys(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpired(now, limit), { signal });
}
