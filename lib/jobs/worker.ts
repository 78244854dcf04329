import { backOffSeconds } from '@/lib/platform/back-off';
import { type ClaimingJob, type Job, onWake } from '@/lib/platform/job';
import { errorFields, log } from '@/lib/platform/log';
import { periodicJobs } from '@/lib/queue/service';

const POLL_MILLIS = 5000;
const MAX_PAUSE_SECONDS = 30;

export type Worker = { stop(): Promise<void> };

/**
 * Runs jobs: immediately when this process commits work, otherwise at the next poll. Several processes may run a
 * worker; each piece of work is claimed by one of them. `stop` claims nothing more and resolves once running work is
 * finished or handed over.
 */
export function startWorker(jobs: readonly Job[]): Worker {
  const stopping = new AbortController();
  const lanes = claimingJobs(jobs).map((job) => new Lane(job, stopping.signal));
  const poll = () => {
    for (const lane of lanes) lane.poll();
  };
  const timer = setInterval(poll, POLL_MILLIS).unref();
  const unsubscribe = onWake((name) => lanes.find((lane) => lane.name === name)?.wake());
  poll();
  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      unsubscribe();
      await Promise.all(lanes.map((lane) => lane.settled()));
    },
  };
}

function claimingJobs(jobs: readonly Job[]): ClaimingJob[] {
  const periodic = jobs.filter((job) => 'everySeconds' in job);
  const claiming = jobs.filter((job) => 'claimNext' in job);
  return periodic.length > 0 ? [...claiming, periodicJobs(periodic)] : claiming;
}

/** One job in this process: claims until nothing is due, and runs up to `concurrency` tasks at a time. */
class Lane {
  readonly name: string;
  readonly #job: ClaimingJob;
  readonly #stopping: AbortSignal;
  readonly #running = new Set<Promise<void>>();
  #claiming: Promise<void> = Promise.resolve();
  #isClaiming = false;
  #isWakePending = false;
  #failures = 0;
  #pause = { from: 0, millis: 0 };

  constructor(job: ClaimingJob, stopping: AbortSignal) {
    this.name = job.name;
    this.#job = job;
    this.#stopping = stopping;
  }

  /** Called after a commit: the database is reachable, so any back-off ends. */
  wake(): void {
    this.#pause.millis = 0;
    this.poll();
  }

  poll(): void {
    if (this.#stopping.aborted || this.#isPaused()) return;
    this.#isWakePending = true;
    if (!this.#isClaiming) this.#claiming = this.#claimWhileWoken();
  }

  /** A clock that was set back ends the pause. */
  #isPaused(): boolean {
    const elapsed = Date.now() - this.#pause.from;
    return elapsed >= 0 && elapsed < this.#pause.millis;
  }

  async settled(): Promise<void> {
    await this.#claiming;
    await Promise.all(this.#running);
  }

  async #claimWhileWoken(): Promise<void> {
    this.#isClaiming = true;
    try {
      while (this.#isWakePending) {
        this.#isWakePending = false;
        await this.#claim();
      }
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      const pause = backOffSeconds(this.#failures, MAX_PAUSE_SECONDS, Math.random());
      this.#pause = { from: Date.now(), millis: pause * 1000 };
      log.error('jobs cannot be claimed', { job: this.name, ...errorFields(error) });
    } finally {
      this.#isClaiming = false;
    }
  }

  async #claim(): Promise<void> {
    while (!this.#stopping.aborted && this.#running.size < this.#job.concurrency) {
      const task = await this.#job.claimNext(new Date());
      if (!task) return;
      const run = task(this.#stopping)
        .catch((error: unknown) => log.error('job failed', { job: this.name, ...errorFields(error) }))
        .finally(() => {
          this.#running.delete(run);
          this.poll();
        });
      this.#running.add(run);
    }
  }
}
