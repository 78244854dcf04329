import cluster from 'node:cluster';
import { metrics } from '@/lib/platform/metrics';
import { processWide } from '@/lib/platform/process-wide';
import type { Pausable } from '../shutdown';
import { type FromPrimary, type FromWorker, isOurs, type Question } from './messages';

/** The worker's end of the channel to its primary. */
export const isWorker = cluster.isWorker;

const state = processWide('server.worker', () => ({ asked: 0, waiting: new Map<number, (text: string) => void>() }));

/**
 * Workers take signals from the primary only: a service manager signals every process, and a second signal would end the
 * shutdown delay. A worker whose primary dies exits (node:cluster).
 */
export function listenToPrimary(onStop: (signal: NodeJS.Signals) => void): void {
  process.on('message', (message) => {
    if (!isOurs<FromPrimary>(message)) return;
    if (message.type === 'stop') onStop(message.signal);
    else if (message.type === 'collect') void collect();
    else answer(message.id, message.text);
  });
}

export function reportListening(): void {
  send({ type: 'listening' });
}

/** The metrics of all workers in Prometheus' text format. */
export const metricsOfAllWorkers = () => ask('metrics');

/**
 * Before shutdown: holds requests until every worker has stopped listening, because a client that gets a response
 * reconnects. Resolves, once the primary has handed out the connections in its accept queue, to what `drain` of each of the
 * `listeners` takes in place of `turns`.
 */
export async function holdUntilNoneListens(turns: Pausable, listeners: number): Promise<Pausable> {
  turns.hold();
  await ask('accept');
  let open = listeners;
  const release = async () => {
    if (--open > 0) return;
    await ask('closed');
    turns.release();
  };
  return { hold: () => undefined, release: () => void release() };
}

function ask(about: Question): Promise<string> {
  const id = ++state.asked;
  return new Promise((resolve) => {
    state.waiting.set(id, resolve);
    send({ type: 'ask', id, about });
  });
}

function answer(id: number, text: string): void {
  state.waiting.get(id)?.(text);
  state.waiting.delete(id);
}

async function collect(): Promise<void> {
  send({ type: 'collected', metrics: await metrics().registry.getMetricsAsJSON() });
}

function send(message: FromWorker): void {
  process.send?.(message);
}
