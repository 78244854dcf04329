import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { deleteFinished } from '../repository';

const RETENTION_DAYS = 7;

/** Deletes mails sent or abandoned more than a week ago; resolves to the number deleted. */
export async function purgeFinishedMail(now = new Date(), signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - RETENTION_DAYS * 24 * 60 * 60 * 1000);
  return deleteInSteps((limit) => deleteFinished(before, limit), { signal });
}
