import type { ServerResponse } from 'node:http';
import { statusOf } from '@/lib/http/outage';
import { log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import { loggedPath, routeTemplate } from '../route-template';
import type { Exchange } from './exchange';

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Counts and logs the request once its response ends. Without the query, which may hold a single-use link. */
export function logRequest(
  response: ServerResponse,
  method: string,
  exchange: Pick<Exchange, 'path' | 'requestId' | 'route'>,
): void {
  const started = performance.now();
  response.once('close', () => {
    const { path, requestId, route } = exchange; // read late: `path` is corrected once the target is parsed
    const status = response.writableFinished ? statusOf(response) : 499;
    const seconds = (performance.now() - started) / 1000;
    const labels = { method: KNOWN_METHODS.has(method) ? method : 'other', route: routeTemplate(path, route), status };
    metrics().requests.observe(labels, seconds);
    if (path.startsWith('/_next/')) return;
    log.info('request', {
      request_id: requestId,
      method,
      path: loggedPath(path, route),
      status,
      duration_ms: Math.round(seconds * 1000),
    });
  });
}
