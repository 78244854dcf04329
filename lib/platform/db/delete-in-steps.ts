import { setTimeout as wait } from 'node:timers/promises';

/** Rows of the first step; each later one is sized by the duration of the one before. */
const FIRST_STEP_SIZE = 100;
const MIN_STEP_SIZE = 20;
const MAX_STEP_SIZE = 1000;
/** Target duration of a step, which on SQLite blocks the event loop and every writer. */
const STEP_MILLIS = 8;
const MAX_PAUSE_MILLIS = 50;

export type StepOptions = {
  /** Ends the loop before its next step by throwing the signal's reason. */
  signal?: AbortSignal | undefined;
};

/**
 * Deletes rows in small steps, so that neither writers nor requests wait for long; resolves to the number deleted.
 * `deleteSome` deletes at most `limit` rows and resolves to their number; fewer than `limit` end the loop. Pauses after
 * each step for as long as it took, which leaves others at least half of the time. Waiting for others lengthens a step
 * and so makes the next one smaller.
 */
export async function deleteInSteps(
  deleteSome: (limit: number) => Promise<number>,
  { signal }: StepOptions = {},
): Promise<number> {
  let limit = FIRST_STEP_SIZE;
  for (let total = 0; ; ) {
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const count = await deleteSome(limit);
    const millis = performance.now() - startedAt;
    total += count;
    if (count < limit) return total;
    await wait(Math.min(millis, MAX_PAUSE_MILLIS));
    limit = nextStepSize(limit, millis);
  }
}

/** Between half and twice the last one, because a single measurement may be an outlier. */
function nextStepSize(last: number, millis: number): number {
  const wanted = Math.round((last * STEP_MILLIS) / Math.max(millis, 0.1));
  const near = Math.min(Math.max(wanted, Math.floor(last / 2)), last * 2);
  return Math.min(Math.max(near, MIN_STEP_SIZE), MAX_STEP_SIZE);
}
