/** A queued job, as the process that claimed it sees it. */
export type ClaimedJob = {
  id: string;
  kind: string;
  projectId: string | null;
  /** JSON as it was queued, or null. Never a secret, never personal data. */
  payload: unknown;
  /** Number of claims since the last success, including this one. */
  attempts: number;
  /** Unique per claim, so that a process whose lease expired cannot act under a newer lease. */
  leaseOwner: string;
  /** The previous claim never reported an outcome: its process was killed, or hung until its lease expired. */
  isTakenOver: boolean;
};

/** Queued work is unique by kind and key. */
export function jobId(kind: string, key: string): string {
  return `${kind}:${key}`;
}

/**
 * No pause, period or lease is this long. A later time was written while the system clock was wrong: it counts as
 * reached, so that work is not stuck until then.
 */
export const MAX_AHEAD_SECONDS = 24 * 60 * 60;

/** The lease expired and another process may have claimed the job. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** `failing` are jobs whose last attempt failed. */
export type QueueState = {
  waiting: number;
  waitingSince: Date | null;
  failing: Array<{ id: string; attempts: number }>;
};
