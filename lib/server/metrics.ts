import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { allowOf } from '@/lib/api/routes';
import { AppError } from '@/lib/platform/errors';
import { metrics } from '@/lib/platform/metrics';
import { isEqualConstantTime } from '@/lib/platform/secret';
import { countAllSessions } from '@/lib/session/service';
import type { Answer } from '../http/answer';
import { problemAnswer } from '../http/problem';
import { isWorker, metricsOfAllWorkers } from './workers/worker';

/**
 * `GET /metrics` in Prometheus' text format. With SIGNET_METRICS_TOKEN, only with it as a bearer token; without, only
 * from this machine, and 404 for others. A request through a proxy is not from this machine.
 */
export async function metricsAnswer(
  request: IncomingMessage,
  token: string | undefined,
  requestId: string,
): Promise<Answer> {
  if (token === undefined && !isFromHere(request)) throw new AppError('not_found');
  if (token !== undefined && !isAuthorized(request, token)) {
    const refusal = new AppError('unauthenticated', { reason: 'SIGNET_METRICS_TOKEN is required as a bearer token' });
    return problemAnswer(refusal, requestId, { 'www-authenticate': 'Bearer realm="metrics"' });
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return problemAnswer(new AppError('method_not_allowed'), requestId, { allow: allowOf('/metrics') });
  }
  const { registry, sessions } = metrics();
  sessions.set(await countAllSessions());
  const headers = { 'content-type': registry.contentType, 'cache-control': 'no-store' };
  return { status: 200, headers, body: await (isWorker ? metricsOfAllWorkers() : registry.metrics()) };
}

function isAuthorized({ headers }: IncomingMessage, token: string): boolean {
  const sent = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  return isEqualConstantTime(sent, token);
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * From a process on this machine that addresses it as `localhost` or by a loopback address: any other host name may be
 * a page in a local browser (DNS rebinding).
 */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLocal = isIP(address) !== 0 && LOOPBACK.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  const isLocalName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
  return isLocal && isLocalName && FORWARDED.every((name) => headers[name] === undefined);
}
