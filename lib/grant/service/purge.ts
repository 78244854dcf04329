import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { CODE_RETENTION_SECONDS } from '../model';
import { deleteExpiredCodes } from '../repository/code';
import { deleteEndedFamilies } from '../repository/family';
import { deleteExpiredRequests } from '../repository/request';
import { secondsAfter } from './stored-request';

/** A family is kept for longer than its last access token is valid. */
const FAMILY_RETENTION_SECONDS = 2 * 24 * 60 * 60;

/**
 * Removes authorization requests, codes and families that have ended by themselves, in small steps; resolves to their
 * number. No read relies on it.
 */
export async function purgeGrants(now = new Date(), signal?: AbortSignal): Promise<number> {
  const codesBefore = secondsAfter(now, -CODE_RETENTION_SECONDS);
  const familiesBefore = secondsAfter(now, -FAMILY_RETENTION_SECONDS);
  const requests = await deleteInSteps((limit) => deleteExpiredRequests(now, limit), { signal });
  const codes = await deleteInSteps((limit) => deleteExpiredCodes(codesBefore, limit), { signal });
  return requests + codes + (await deleteInSteps((limit) => deleteEndedFamilies(familiesBefore, limit), { signal }));
}
