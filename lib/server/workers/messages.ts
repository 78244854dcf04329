import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** What the primary process and its workers send each other (node:cluster). */
export type FromPrimary =
  | { type: 'stop'; signal: NodeJS.Signals }
  | { type: 'collect' }
  | { type: 'answer'; id: number; text: string };

export type FromWorker =
  | { type: 'listening' }
  | { type: 'ask'; id: number; about: Question }
  | { type: 'collected'; metrics: ProcessMetrics };

/**
 * `metrics`: the text of all workers together. The others are answered, empty, when every worker has asked: `accept`
 * also hands out the connections that wait, `closed` means that nothing listens any more.
 */
export type Question = 'metrics' | 'accept' | 'closed';

export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

const TYPES = ['stop', 'collect', 'answer', 'listening', 'ask', 'collected'];

/** Libraries and Node itself use the same channel. */
export function isOurs<Message extends FromPrimary | FromWorker>(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'type' in message && TYPES.includes(String(message.type));
}
