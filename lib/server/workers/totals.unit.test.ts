import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { Totals } from './totals';

/** The metrics of a worker that served `requests` and counted `sessions`. */
async function worker(requests: number, sessions: number) {
  const registers = [new Registry()];
  new Counter({ name: 'requests', help: '-', labelNames: ['method'], registers }).inc({ method: 'GET' }, requests);
  new Histogram({ name: 'seconds', help: '-', buckets: [1], registers }).observe(0.5);
  new Gauge({ name: 'sessions', help: '-', aggregator: 'first', registers }).set(sessions);
  new Gauge({ name: 'memory', help: '-', registers }).set(100);
  return registers[0]?.getMetricsAsJSON() ?? [];
}
const linesOf = async (totals: Totals, first: number) =>
  (await totals.text(first)).split('\n').filter((line) => line && !line.startsWith('#'));

test('sums counters, histograms and memory, and takes shared gauges from the worker asked', async () => {
  const totals = new Totals();
  totals.set(1, await worker(3, 7));
  totals.set(2, await worker(4, 5));
  const lines = await linesOf(totals, 2);
  for (const line of ['requests{method="GET"} 7', 'seconds_count 2', 'sessions 5', 'memory 200'])
    expect(lines).toContain(line);
});

test('keeps the counters of workers that exited, without their gauges', async () => {
  const totals = new Totals();
  for (const id of [1, 2, 3]) {
    totals.set(id, await worker(3, 7));
    await totals.end(id);
  }
  totals.set(4, await worker(1, 5));
  const lines = await linesOf(totals, 4);
  for (const line of ['requests{method="GET"} 10', 'seconds_count 4', 'sessions 5', 'memory 100'])
    expect(lines).toContain(line);
});

test('keeps the counters of workers that end at once', async () => {
  const totals = new Totals();
  for (const id of [1, 2, 3]) totals.set(id, await worker(3, 7));
  const ends = Promise.all([1, 2, 3].map((id) => totals.end(id)));
  expect(await linesOf(totals, 4)).toContain('requests{method="GET"} 9');
  await ends;
  expect(await linesOf(totals, 4)).toContain('requests{method="GET"} 9');
});

test('every scrape that waits for a worker gets its next metrics, or its end', async () => {
  const totals = new Totals();
  const metrics = [totals.next(1), totals.next(1)];
  totals.set(1, await worker(1, 1));
  await Promise.all(metrics);
  const ends = [totals.next(1), totals.next(1)];
  await totals.end(1);
  await Promise.all(ends);
});
