import { processWide } from './process-wide';

const MAX_BLOCK_MILLIS = 10;
/** `performance.now()` of the last yield. */
const state = processWide('event_loop', () => ({ yieldedAt: 0 }));

/**
 * Sockets and timers get their turn when work has followed work for longer than a short spell: whoever does a lot within the
 * calls of one request would else keep every other request waiting until they are through.
 */
export async function yieldToEventLoop(): Promise<void> {
  if (performance.now() - state.yieldedAt < MAX_BLOCK_MILLIS) return;
  await new Promise((resolve) => setImmediate(resolve));
  state.yieldedAt = performance.now();
}
