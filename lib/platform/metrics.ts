import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { databaseKind } from './db/client';
import { processWide } from './process-wide';
import { VERSION } from './version';

/**
 * The process's Prometheus metrics, and the adapter to prom-client. Labels take few, fixed values: never an ID, an
 * address or a requested path.
 */
export type Metrics = ReturnType<typeof createMetrics>;

export function metrics(): Metrics {
  return processWide('metrics', createMetrics);
}

function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'signet_http_request_duration_seconds',
      help: 'Requests by method, route and status.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    signIns: new Counter({
      name: 'signet_sign_ins_total',
      help: 'Sign-ins by method and outcome.',
      labelNames: ['method', 'outcome'] as const,
      registers,
    }),
    tokens: new Counter({ name: 'signet_access_tokens_issued_total', help: 'Access tokens issued.', registers }),
    authorizationCodes: new Counter({
      name: 'signet_authorization_codes_issued_total',
      help: 'Sign-ins at applications: authorization codes issued.',
      registers,
    }),
    applicationTokens: new Counter({
      name: 'signet_application_tokens_issued_total',
      help: 'Token responses to applications by grant: code, or refresh.',
      labelNames: ['grant'] as const,
      registers,
    }),
    applicationRefusals: new Counter({
      name: 'signet_authorization_refusals_total',
      help: 'Authorization requests that were refused, by code.',
      labelNames: ['code'] as const,
      registers,
    }),
    logoutNotices: new Counter({
      name: 'signet_logout_notices_total',
      help: 'Logout notices to applications by outcome; a postponed one is retried.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    mails: new Counter({
      name: 'signet_mails_total',
      help: 'Mails by outcome; a postponed one is retried.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    webhooks: new Counter({
      name: 'signet_webhook_requests_total',
      help: 'Webhook requests by outcome; a postponed one is retried.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    jobs: new Counter({
      name: 'signet_jobs_total',
      help: 'Background jobs by outcome; a failed one is retried, an interrupted one was handed over.',
      labelNames: ['job', 'outcome'] as const,
      registers,
    }),
    databaseWait: new Histogram({
      name: 'signet_database_wait_seconds',
      help: 'How long transactions wait for their turn or a connection.',
      buckets: [0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
      registers,
    }),
    sessions: new Gauge({
      name: 'signet_sessions_active',
      help: 'Sessions that were used within a day and have not ended.',
      aggregator: 'first', // of several workers, only the one that was scraped has counted
      registers,
    }),
    replicaLag: new Gauge({
      name: 'signet_replica_lag_seconds',
      help: 'Lag of the replica (DATABASE_READ_URL) when last checked; 0 without a replica.',
      aggregator: 'max',
      registers,
    }),
    replicaUsed: new Gauge({
      name: 'signet_replica_used',
      help: '1 while stale reads go to the replica (DATABASE_READ_URL), 0 while they go to DATABASE_URL.',
      aggregator: 'min',
      registers,
    }),
    build: new Gauge({
      name: 'signet_build_info',
      help: 'Version, Node.js and database of this process: always 1.',
      labelNames: ['version', 'node', 'database'] as const,
      aggregator: 'first',
      registers,
    }),
  };
}

/** The process's own usage: memory, CPU, event loop, garbage collection. Call once, in the server. */
export function startProcessMetrics(): void {
  const { registry, build } = metrics();
  build.set({ version: VERSION, node: process.version, database: databaseKind() }, 1);
  collectDefaultMetrics({ register: registry });
}
