import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/** Removes rows whose end has come, in small steps so that nobody waits; resolves to how many. Reading never relies on it. */
export async function purgeExpiredSessions(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpired(now, limit), { signal });
}
