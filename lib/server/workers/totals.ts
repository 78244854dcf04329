import { AggregatorRegistry } from 'prom-client';
import type { ProcessMetrics } from './messages';

const CUMULATIVE = ['counter', 'histogram', 'summary'];

/**
 * The metrics of several workers as those of one server: counters are summed, and each gauge is combined as its
 * `aggregator` says. A worker that ended keeps its share of the counters, because Prometheus takes a smaller value for
 * a restart and counts everything again.
 */
export class Totals {
  readonly #latest = new Map<number, ProcessMetrics>();
  #ended: ProcessMetrics = [];

  set(worker: number, metrics: ProcessMetrics): void {
    this.#latest.set(worker, metrics);
  }

  async end(worker: number): Promise<void> {
    const metrics = this.#latest.get(worker)?.filter(({ type }) => CUMULATIVE.includes(String(type)));
    this.#latest.delete(worker);
    if (!metrics) return;
    this.#ended = await aggregate([this.#ended, metrics]).getMetricsAsJSON();
  }

  /** `first` is the worker whose gauges count where workers know the same, such as the number of sessions. */
  text(first: number): Promise<string> {
    const own = this.#latest.get(first) ?? [];
    const others = [...this.#latest].filter(([worker]) => worker !== first).map(([, metrics]) => metrics);
    return aggregate([own, ...others, this.#ended]).metrics();
  }
}

function aggregate(parts: ProcessMetrics[]) {
  return AggregatorRegistry.aggregate(parts);
}
