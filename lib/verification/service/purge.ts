import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { deleteExpired } from '../repository';

/** Unanswered mails are counted over a quarter of an hour, so rows stay longer than that after they have expired. */
const RETENTION_MILLIS = 60 * 60 * 1000;

/** Removes rows that nothing looks at any more, in small steps; resolves to how many. Reading never relies on it. */
export async function purgeVerifications(now = new Date(), signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - RETENTION_MILLIS);
  return deleteInSteps((limit) => deleteExpired(before, limit), { signal });
}
