import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { deleteDead } from '../repository';
import { deleteFinishedNotices } from '../repository/notice';

const DAY_MILLIS = 24 * 60 * 60 * 1000;
const NOTICE_RETENTION_DAYS = 30;

/** Deletes detached sessions a day after their last family ended; resolves to their number. */
export async function purgeApplicationSessions(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => deleteDead(new Date(now.getTime() - DAY_MILLIS), limit), { signal });
}

/** Deletes logout notices sent or abandoned more than 30 days ago; resolves to their number. */
export async function purgeLogoutNotices(now = new Date(), signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - NOTICE_RETENTION_DAYS * DAY_MILLIS);
  return deleteInSteps((limit) => deleteFinishedNotices(before, limit), { signal });
}
