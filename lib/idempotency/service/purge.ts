import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/** Deletes expired keys; resolves to the number deleted. */
export async function purgeIdempotencyKeys(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpired(now, limit), { signal });
}
