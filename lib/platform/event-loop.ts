import { processWide } from './process-wide';

const MAX_BLOCK_MILLIS = 10;
/** `performance.now()` of the last yield. */
const state = processWide('event_loop', () => ({ yieldedAt: 0 }));

/**
 * Lets sockets and timers run when the last yield is more than `MAX_BLOCK_MILLIS` ago, so that long work within one
 * request does not delay all others.
 */
export async function yieldToEventLoop(): Promise<void> {
  if (!isYieldDue()) return;
  await new Promise((resolve) => setImmediate(resolve));
  state.yieldedAt = performance.now();
}

/** Whether `yieldToEventLoop` would let others run. */
export function isYieldDue(): boolean {
  return performance.now() - state.yieldedAt >= MAX_BLOCK_MILLIS;
}
