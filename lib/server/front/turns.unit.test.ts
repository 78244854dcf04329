import { expect, test } from 'vitest';
import { Turns } from './turns';

const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve));

test('starts in order, at most 32 per turn of the event loop', async () => {
  const turns = new Turns(100, () => 0);
  const started: number[] = [];
  for (let at = 0; at < 70; at++) turns.enqueue(() => started.push(at));
  expect(started).toEqual([]);
  const seen: number[] = [];
  while (turns.size > 0) {
    await turnOfLoop();
    seen.push(started.length);
  }
  expect(started).toEqual(Array.from({ length: 70 }, (_, at) => at));
  expect(Math.max(...seen.map((count, at) => count - (seen[at - 1] ?? 0)))).toBeLessThanOrEqual(Turns.MAX_STARTS);
});

test('stops starting after five milliseconds, but starts at least one per turn', async () => {
  let now = 0;
  const turns = new Turns(100, () => now);
  const started: number[] = [];
  for (const millis of [2, 2, 2, 90, 1]) {
    turns.enqueue(() => {
      started.push(millis);
      now += millis;
    });
  }
  await turnOfLoop();
  expect(started).toEqual([2, 2, 2]);
  await turnOfLoop();
  expect(started).toEqual([2, 2, 2, 90]);
  await turnOfLoop();
  expect(started).toEqual([2, 2, 2, 90, 1]);
});

test('halves the number of starts after a long turn, and doubles it after a short one', async () => {
  let now = 0;
  const turns = new Turns(100, () => now);
  let started = 0;
  const startedInTurn = async (millis: number) => {
    const before = started;
    now += millis;
    await turnOfLoop();
    return started - before;
  };
  for (let at = 0; at < 100; at++) turns.enqueue(() => started++);
  expect(await startedInTurn(0)).toBe(32);
  for (const half of [16, 8, 4, 2, 1, 1]) expect(await startedInTurn(21)).toBe(half);
  for (const double of [2, 4, 8, 16]) expect(await startedInTurn(20)).toBe(double);
});

test('refuses when the queue is full; a failure does not block others', async () => {
  const turns = new Turns(2);
  const started: string[] = [];
  expect(turns.enqueue(() => started.push('first'))).toBe(true);
  expect(turns.enqueue(() => started.push('second'))).toBe(true);
  expect(turns.enqueue(() => started.push('third'))).toBe(false);
  await expect.poll(() => started).toEqual(['first', 'second']);
  expect(turns.enqueue(() => started.push('fourth'))).toBe(true);
  await expect.poll(() => started).toEqual(['first', 'second', 'fourth']);
});

test('starts nothing while held, and keeps the order of arrivals', async () => {
  const turns = new Turns();
  const started: number[] = [];
  turns.enqueue(() => started.push(0));
  turns.hold(); // after an immediate was scheduled
  for (let at = 1; at < 40; at++) turns.enqueue(() => started.push(at));
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(started).toEqual([]);
  turns.release();
  await expect.poll(() => started.length).toBe(40);
  expect(started).toEqual(started.toSorted((a, b) => a - b));
});
