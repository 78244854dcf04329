import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { leaseEnd } from '@/lib/platform/lease';
import { type ClaimedJob, LeaseLostError } from '../model';
import { claim, type JobRow, type NewLease, renewLease } from '../repository';

/**
 * Renews the lease in the transaction of a step, so that the step is done only by the process that has the lease.
 * Throws `LeaseLostError`, which undoes the step.
 */
export async function holdLease(tx: Tx, job: ClaimedJob): Promise<void> {
  if (!(await renewLease(job, leaseEnd(new Date()), tx))) throw new LeaseLostError();
}

const CANDIDATES = 4;

/** Claims the first due job that no other process claims before. */
export async function claimFirst(now: Date, listDue: (limit: number) => Promise<JobRow[]>): Promise<ClaimedJob | null> {
  for (;;) {
    const due = await listDue(CANDIDATES);
    for (const row of due) {
      const claimed = await claim(row, newLease(now));
      if (claimed) return claimed;
    }
    if (due.length < CANDIDATES) return null; // other processes were first with all there was
  }
}

export function newLease(now: Date): NewLease {
  return { owner: newId(), now, until: leaseEnd(now) };
}
