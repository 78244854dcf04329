import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { deleteExpired } from '../repository';

/** Unanswered mails count for a quarter of an hour, so expired rows are kept at least that long. */
const RETENTION_MILLIS = 60 * 60 * 1000;

/** Removes rows that are no longer read, in small steps; resolves to their number. Reads never rely on it. */
export async function purgeVerifications(now = new Date(), signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - RETENTION_MILLIS);
  return deleteInSteps((limit) => deleteExpired(before, limit), { signal });
}
