import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { backOffSeconds } from '@/lib/platform/back-off';
import { errorFields, log } from '@/lib/platform/log';
import { type FromPrimary, type FromWorker, isOurs, type Question } from './messages';
import { Totals } from './totals';

/** Turns of the event loop; each accepts at most one connection. */
const ACCEPTING_TURNS = 200;
const COLLECT_MILLIS = 2000;
const MAX_PAUSE_SECONDS = 60;
/** After this time a worker counts as healthy: its exit is a first failure again. */
const HEALTHY_MILLIS = 60_000;

type Options = {
  /** The program that each worker runs, with this process's arguments and environment. */
  program: string;
  workers: number;
  /** How long `stop` waits for workers before it kills them. */
  stopMillis: number;
};

/**
 * The primary of several workers on one port (node:cluster): accepts connections, distributes them round-robin, replaces
 * workers that exit, and sums their metrics. It serves nothing itself.
 */
export class Primary {
  readonly #options: Options;
  readonly #totals = new Totals();
  readonly #asked: Record<Question, Set<number>> = { metrics: new Set(), accept: new Set(), closed: new Set() };
  #isStopping = false;

  constructor(options: Options) {
    this.#options = options;
    cluster.setupPrimary({ exec: options.program });
    cluster.on('message', (worker, message) => {
      if (isOurs<FromWorker>(message)) this.#receive(worker, message);
    });
  }

  /**
   * Resolves to whether all workers listen; never after `stop`. The first starts alone, so that a common fault is printed
   * once.
   */
  async start(): Promise<boolean> {
    if (!(await this.#run(0))) return false;
    const others = Array.from({ length: this.#options.workers - 1 }, () => this.#run(0));
    return (await Promise.all(others)).every(Boolean);
  }

  /** Forwards the signal; a second one skips the shutdown delay. Resolves to whether all workers exited with code 0. */
  async stop(signal: NodeJS.Signals): Promise<boolean> {
    this.#isStopping = true;
    const workers = alive();
    for (const worker of workers) post(worker, { type: 'stop', signal });
    const codes = Promise.all(workers.map(async (worker) => (await once(worker, 'exit'))[0] === 0));
    const late = wait(this.#options.stopMillis, null, { ref: false });
    const ended = await Promise.race([codes, late]);
    if (!ended) for (const worker of alive()) worker.process.kill('SIGKILL');
    return ended?.every(Boolean) ?? false;
  }

  /** Starts a worker; resolves to whether it listens. */
  #run(failures: number): Promise<boolean> {
    const startedAt = performance.now();
    const worker = cluster.fork();
    let hasListened = false;
    return new Promise((resolve) => {
      worker.on('message', (message) => {
        if (!isOurs<FromWorker>(message) || message.type !== 'listening') return;
        hasListened = true;
        resolve(true);
      });
      worker.once('exit', (code, signal) => {
        void this.#totals.end(worker.id);
        if (this.#isStopping) return; // `stop` ends the process
        resolve(false);
        if (!hasListened && failures === 0) return;
        const wasHealthy = performance.now() - startedAt >= HEALTHY_MILLIS;
        void this.#replace(wasHealthy ? 0 : failures, { code, signal });
      });
    });
  }

  /** At once the first time, then with back-off. */
  async #replace(failures: number, end: { code: number; signal: string | null }): Promise<void> {
    const seconds = failures === 0 ? 0 : backOffSeconds(failures, MAX_PAUSE_SECONDS, Math.random());
    log.error('worker exited', { ...end, restart_seconds: Math.round(seconds) });
    await wait(seconds * 1000, undefined, { ref: false });
    if (!this.#isStopping) await this.#run(failures + 1);
  }

  #receive(worker: Worker, message: FromWorker): void {
    if (message.type === 'collected') {
      this.#totals.set(worker.id, message.metrics);
    } else if (message.type === 'ask') {
      this.#answer(worker, message.about)
        .then((text) => post(worker, { type: 'answer', id: message.id, text }))
        .catch((error: unknown) => log.error('worker request failed', errorFields(error)));
    }
  }

  async #answer(worker: Worker, about: Question): Promise<string> {
    if (about !== 'metrics') {
      await this.#untilAllAsk(about, worker);
      for (let turn = 0; turn < ACCEPTING_TURNS; turn++) await nextTurn();
      return '';
    }
    await Promise.all(alive().map((each) => this.#collect(each)));
    return this.#totals.text(worker.id);
  }

  /** Gives up on hanging workers after `COLLECT_MILLIS`. */
  async #untilAllAsk(about: Question, worker: Worker): Promise<void> {
    this.#asked[about].add(worker.id);
    const end = performance.now() + COLLECT_MILLIS;
    while (!alive().every(({ id }) => this.#asked[about].has(id)) && performance.now() < end) await wait(5);
  }

  /** A worker that does not answer in time counts with its last metrics. */
  async #collect(worker: Worker): Promise<void> {
    const collected = this.#totals.next(worker.id);
    post(worker, { type: 'collect' });
    await Promise.race([collected, wait(COLLECT_MILLIS, undefined, { ref: false })]);
  }
}

function alive(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

/** A worker may end at any time. */
function post(worker: Worker, message: FromPrimary): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}
