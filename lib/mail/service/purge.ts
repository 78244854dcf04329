import { deleteFinished } from '../repository';

const KEPT_DAYS = 7;
const PURGE_STEP = 500;

/** Forgets mails sent or given up a week ago; resolves to how many. */
export async function purgeFinishedMail(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1000);
  for (let total = 0; ; ) {
    const count = await deleteFinished(before, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}
