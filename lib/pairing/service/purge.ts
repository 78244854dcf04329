import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/** Pages show how a pairing ended for a while. */
const RETENTION_MILLIS = 60 * 60 * 1000;

/** Removes rows that are no longer shown; resolves to their number. Reads never rely on it. */
export async function purgePairings(now = new Date(), signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - RETENTION_MILLIS);
  return deleteInSteps((limit) => rows.deleteExpired(before, limit), { signal });
}
