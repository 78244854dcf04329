import { yieldToEventLoop } from '../event-loop';

const STEP_SIZE = 500;

export type StepOptions = {
  /** Ends the loop before its next step by throwing the signal's reason. */
  signal?: AbortSignal | undefined;
  stepSize?: number;
};

/**
 * Deletes rows in small steps, so that neither writers nor requests wait for long; resolves to the number deleted.
 * `deleteSome` deletes at most `limit` rows and resolves to their number; fewer than `limit` end the loop.
 */
export async function deleteInSteps(
  deleteSome: (limit: number) => Promise<number>,
  { signal, stepSize = STEP_SIZE }: StepOptions = {},
): Promise<number> {
  for (let total = 0; ; ) {
    signal?.throwIfAborted();
    const count = await deleteSome(stepSize);
    total += count;
    if (count < stepSize) return total;
    await yieldToEventLoop(); // on SQLite a step blocks the event loop
  }
}
