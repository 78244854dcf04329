import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, and ends this process when it is asked to end meanwhile: as number 1 of a container it would ignore the signal. */
export async function pause(millis) {
  const end = () => process.exit(0);
  process.once('SIGTERM', end);
  await sleep(millis);
  process.off('SIGTERM', end);
}
