import { setTimeout as wait } from 'node:timers/promises';

/** Target duration of a step, which on SQLite blocks the event loop and every writer. */
export const STEP_MILLIS = 8;
/** Smaller steps would spend their time on the lease and the COMMIT. */
const MIN_STEP_SIZE = 25;
const FIRST_STEP_SIZE = 50;
const MAX_STEP_SIZE = 200;
const MAX_PAUSE_MILLIS = 50;

/** Lets others run for half as long as the step took. */
export async function pauseAfter(millis: number): Promise<void> {
  await wait(Math.min(Math.ceil(millis / 2), MAX_PAUSE_MILLIS));
}

/**
 * Repeats `step` until it returns false, each time with a size that should take `STEP_MILLIS`. Waiting for others
 * lengthens a step, and so makes the next one smaller. Throws the signal's reason once it aborts.
 */
export async function inSteps(signal: AbortSignal, step: (size: number) => Promise<boolean>): Promise<void> {
  for (let size = FIRST_STEP_SIZE; ; ) {
    signal.throwIfAborted();
    const startedAt = performance.now();
    if (!(await step(size))) return;
    const millis = performance.now() - startedAt;
    await pauseAfter(millis);
    const wanted = Math.round((size * STEP_MILLIS) / Math.max(millis, 0.1));
    // Between half and twice the last one, because a single measurement may be an outlier.
    const near = Math.min(Math.max(wanted, Math.floor(size / 2)), size * 2);
    size = Math.min(Math.max(near, MIN_STEP_SIZE), MAX_STEP_SIZE);
  }
}
