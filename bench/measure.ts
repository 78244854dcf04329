import { performance } from 'node:perf_hooks';

/** CPU milliseconds, milliseconds, and the longest block of the event loop. */
export async function measure(work: () => Promise<unknown>): Promise<[number, number, number]> {
  let longest = 0;
  let turned = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - turned);
    turned = performance.now();
  }, 1);
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  clearInterval(timer);
  return [(user + system) / 1000, performance.now() - started, longest];
}
