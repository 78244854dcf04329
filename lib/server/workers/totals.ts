import { AggregatorRegistry } from 'prom-client';
import type { ProcessMetrics } from './messages';

const CUMULATIVE = ['counter', 'histogram', 'summary'];

/**
 * Combines the metrics of several workers: counters are summed, gauges combined by their `aggregator`. Counters of workers
 * that exited stay included, because Prometheus takes a smaller value for a restart and counts everything again.
 */
export class Totals {
  readonly #latest = new Map<number, ProcessMetrics>();
  readonly #awaited = new Map<number, { next: Promise<void>; resolve: () => void }>();
  #ended: Promise<ProcessMetrics> = Promise.resolve([]);

  set(worker: number, metrics: ProcessMetrics): void {
    this.#latest.set(worker, metrics);
    this.#wake(worker);
  }

  async end(worker: number): Promise<void> {
    const metrics = this.#latest.get(worker)?.filter(({ type }) => CUMULATIVE.includes(String(type)));
    this.#latest.delete(worker);
    this.#wake(worker);
    if (!metrics) return;
    // One after another: several workers may end at once.
    this.#ended = this.#ended.then((ended) => aggregate([ended, metrics]).getMetricsAsJSON());
    await this.#ended;
  }

  /** Resolves with the worker's next metrics, or at its end, for every scrape that waits. */
  next(worker: number): Promise<void> {
    const known = this.#awaited.get(worker);
    if (known) return known.next;
    let resolve = () => {};
    const next = new Promise<void>((done) => {
      resolve = done;
    });
    this.#awaited.set(worker, { next, resolve });
    return next;
  }

  /** `first` is the worker whose value counts for gauges with aggregator `first`, such as the number of sessions. */
  async text(first: number): Promise<string> {
    const own = this.#latest.get(first) ?? [];
    const others = [...this.#latest].filter(([worker]) => worker !== first).map(([, metrics]) => metrics);
    return aggregate([own, ...others, await this.#ended]).metrics();
  }

  #wake(worker: number): void {
    this.#awaited.get(worker)?.resolve();
    this.#awaited.delete(worker);
  }
}

function aggregate(parts: ProcessMetrics[]) {
  return AggregatorRegistry.aggregate(parts);
}
