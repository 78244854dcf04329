import { EventEmitter } from 'node:events';
import { processWide } from './process-wide';

/**
 * What a noun exports to the worker (lib/jobs). Names are `noun.verb`: they label metrics, log lines and rows. Several
 * processes may run the same jobs: each piece of work is claimed under a lease in the database, so that one process
 * does it.
 */
export type Job = PeriodicJob | ClaimingJob;

/** Runs once each period, in whichever process claims it first. `run` should stop early once `signal` aborts. */
export type PeriodicJob = {
  name: string;
  everySeconds: number;
  run: (signal: AbortSignal) => Promise<unknown>;
};

/** How often nouns purge expired rows. No rule relies on it: expiry is checked whenever a row is read. */
export const PURGE_EVERY_SECONDS = 600;

/** Runs work that waits in the database. `claimNext` resolves to null when nothing is due. */
export type ClaimingJob = {
  name: string;
  /** How many pieces of work one process handles at a time. */
  concurrency: number;
  claimNext: (now: Date) => Promise<Task | null>;
};

/** A claimed piece of work. It records its own outcome; `signal` aborts when the worker stops. */
export type Task = (signal: AbortSignal) => Promise<void>;

/** Binds a claim to the function that performs it. */
export function claimingJob<Claim>(job: {
  name: string;
  concurrency: number;
  claimNext: (now: Date) => Promise<Claim | null>;
  run: (claim: Claim, signal: AbortSignal) => Promise<void>;
}): ClaimingJob {
  const { name, concurrency, claimNext, run } = job;
  return {
    name,
    concurrency,
    async claimNext(now) {
      const claim = await claimNext(now);
      return claim && ((signal) => run(claim, signal));
    },
  };
}

/**
 * Wakes the worker of this process, if it runs one, for a job whose work was committed. Other processes find it by
 * polling.
 */
export function wakeWorker(job: string): void {
  notifier().emit(WAKE, job);
}

/** Returns a function that unsubscribes. */
export function onWake(listener: (job: string) => void): () => void {
  notifier().on(WAKE, listener);
  return () => notifier().off(WAKE, listener);
}

const WAKE = 'wake';

function notifier(): EventEmitter {
  return processWide('jobs', () => new EventEmitter());
}
