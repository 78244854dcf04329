import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/**
 * Removes expired rows in small steps that do not block other writes; resolves to their number. Reads do not rely on
 * it.
 */
export async function purgeExpiredSessions(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpired(now, limit), { signal });
}
