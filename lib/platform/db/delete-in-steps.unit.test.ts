import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deleteInSteps } from './delete-in-steps';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** Deletes `rows` rows at `millisPerRow` each; returns the sizes of the steps. */
async function stepsOf(rows: number, millisPerRow: number): Promise<number[]> {
  const limits: number[] = [];
  let left = rows;
  const total = await deleteInSteps(async (limit) => {
    limits.push(limit);
    const count = Math.min(limit, left);
    left -= count;
    vi.advanceTimersByTime(count * millisPerRow);
    return count;
  });
  expect(total).toBe(rows);
  return limits;
}

test('grows its steps while deletion is fast, up to a limit', async () => {
  expect(await stepsOf(5000, 0.001)).toEqual([100, 200, 400, 800, 1000, 1000, 1000, 1000]);
});

test('shrinks its steps while deletion is slow, down to a limit', async () => {
  expect(await stepsOf(230, 1)).toEqual([100, 50, 25, 20, 20, 20]);
});

test('stops before the next step when aborted', async () => {
  const stop = new AbortController();
  const deleting = deleteInSteps(
    async (limit) => {
      stop.abort(new Error('stopped'));
      return limit;
    },
    { signal: stop.signal },
  );
  await expect(deleting).rejects.toThrow('stopped');
});
