import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE_MILLIS = 10_000;

/** Repeats a check until it passes. Unlike `vi.waitFor` it does not advance a fake clock; `setTimeout` must be real. */
export async function eventually(check: () => unknown): Promise<void> {
  const end = performance.now() + PATIENCE_MILLIS;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await wait(5);
    }
  }
}
