import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** Messages between the primary and its workers (node:cluster). */
export type FromPrimary =
  | { type: 'stop'; signal: NodeJS.Signals }
  | { type: 'collect' }
  | { type: 'answer'; id: number; text: string };

export type FromWorker =
  | { type: 'listening' }
  | { type: 'ask'; id: number; about: Question }
  | { type: 'collected'; metrics: ProcessMetrics };

/**
 * `metrics` is answered with the metrics of all workers. The others are barriers, answered once every worker has asked:
 * `accept` also hands out the connections in the accept queue, `closed` means that no worker listens.
 */
export type Question = 'metrics' | 'accept' | 'closed';

export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

const TYPES = ['stop', 'collect', 'answer', 'listening', 'ask', 'collected'];

/** Libraries and Node use the same channel. */
export function isOurs<Message extends FromPrimary | FromWorker>(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'type' in message && TYPES.includes(String(message.type));
}
