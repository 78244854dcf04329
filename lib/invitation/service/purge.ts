import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import * as rows from '../repository';

/** Forgets invitations that were used or have expired, with the address in them; resolves to how many. Reading never relies on it. */
export async function purgeInvitations(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteFinished(now, limit), { signal });
}
