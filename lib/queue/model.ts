/** Work that waits in the database, as the process that claimed it sees it. */
export type ClaimedJob = {
  id: string;
  kind: string;
  projectId: string | null;
  /** JSON as it was queued, or null. Never a secret, never personal data. */
  payload: unknown;
  /** How often it was claimed since it last succeeded, this time included. */
  attempts: number;
  /** Names this claim, so that a process that lost its lease to another one cannot pass for it. */
  leaseOwner: string;
  /** The claim before this one was never settled: its process was killed, or hung past its lease. */
  isTakenOver: boolean;
};

/** Queued work is unique by its kind and key. */
export function jobId(kind: string, key: string): string {
  return `${kind}:${key}`;
}

/** The lease expired, and another process may have the job. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** `failing` are jobs whose last attempt failed. */
export type QueueState = {
  waiting: number;
  waitingSince: Date | null;
  failing: Array<{ id: string; attempts: number }>;
};
