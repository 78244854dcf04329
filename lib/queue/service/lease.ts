import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { leaseEnd } from '@/lib/platform/lease';
import { type ClaimedJob, LeaseLostError } from '../model';
import { claim, type JobRow, type NewLease, renewLease } from '../repository';

/**
 * Renews the lease in the transaction of a step, so that only the process with the lease commits it.
 * Throws `LeaseLostError`, which rolls the step back.
 */
export async function holdLease(tx: Tx, job: ClaimedJob): Promise<void> {
  if (!(await renewLease(job, leaseEnd(new Date()), tx))) throw new LeaseLostError();
}

const CANDIDATES = 4;

/** Claims the first due job that no other process claims first. */
export async function claimFirst(now: Date, listDue: (limit: number) => Promise<JobRow[]>): Promise<ClaimedJob | null> {
  for (;;) {
    const due = await listDue(CANDIDATES);
    for (const row of due) {
      const claimed = await claim(row, newLease(now));
      if (claimed) return claimed;
    }
    if (due.length < CANDIDATES) return null; // other processes claimed all of them
  }
}

export function newLease(now: Date): NewLease {
  return { owner: newId(), now, until: leaseEnd(now) };
}
