import * as rows from '../repository';

const PURGE_STEP = 500;

/** Forgets invitations that were used or have expired, with the address in them; resolves to how many. Reading never relies on it. */
export async function purgeInvitations(now = new Date()): Promise<number> {
  for (let total = 0; ; ) {
    const count = await rows.deleteFinishedInvitations(now, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}
