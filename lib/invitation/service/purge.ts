import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/**
 * Deletes used and expired invitations, with their addresses; resolves to the number deleted. Reads do not depend on
 * it.
 */
export async function purgeInvitations(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteFinished(now, limit), { signal });
}
