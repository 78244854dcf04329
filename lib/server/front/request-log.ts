import type { ServerResponse } from 'node:http';
import { statusOf } from '@/lib/http/outage';
import { log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import { loggedPath, routeTemplate } from '../route-template';

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Once the response is over the request is counted, and one line in the log says so, without its query: single-use links stand there. */
export function noteRequest(
  response: ServerResponse,
  method: string,
  visit: { path: string; requestId: string },
): void {
  const started = performance.now();
  response.once('close', () => {
    const { path, requestId } = visit; // the path once it was read from the target
    const status = response.writableFinished ? statusOf(response) : 499;
    const seconds = (performance.now() - started) / 1000;
    const labels = { method: KNOWN_METHODS.has(method) ? method : 'other', route: routeTemplate(path), status };
    metrics().requests.observe(labels, seconds);
    if (path.startsWith('/_next/')) return;
    log.info('request', {
      request_id: requestId,
      method,
      path: loggedPath(path),
      status,
      duration_ms: Math.round(seconds * 1000),
    });
  });
}
