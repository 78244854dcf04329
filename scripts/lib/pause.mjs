import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, and ends this process on a signal: as PID 1 of a container it would otherwise ignore it. */
export async function pause(millis) {
  const end = () => process.exit(0);
  process.once('SIGTERM', end);
  await sleep(millis);
  process.off('SIGTERM', end);
}
