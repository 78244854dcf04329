const FIRST_PAUSE_SECONDS = 5;

/**
 * The pause before the next attempt: 5 s, 15 s, 45 s … up to `maxSeconds`, each with up to a quarter of jitter, so that
 * simultaneous failures are not retried simultaneously. `failures` counts from 1; `random` is in [0, 1).
 */
export function backOffSeconds(failures: number, maxSeconds: number, random: number): number {
  const pause = Math.min(FIRST_PAUSE_SECONDS * 3 ** Math.max(0, failures - 1), maxSeconds);
  return pause * (0.75 + random / 2);
}
