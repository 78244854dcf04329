import type { IncomingMessage } from 'node:http';
import { allowOf, type OperationsRoute, publicPath, type TemplateOf } from '@/lib/api/routes';
import { AppError } from '@/lib/platform/errors';
import { problemResponse } from '../http/problem';
import { ALIVE, type Health, readiness } from './health';
import { metricsResponse } from './metrics';

type OperationInput = {
  request: IncomingMessage;
  requestId: string;
  metricsToken: string | undefined;
  isStopping: boolean;
};
type Template = TemplateOf<OperationsRoute>;

/**
 * The routes that the front server answers itself, on every host. The compiler requires each such template of the table
 * of routes.
 */
const HANDLERS: Record<Template, (input: OperationInput) => Promise<Response>> = {
  '/health/alive': (input) => healthResponse('/health/alive', input, async () => ALIVE),
  '/health/ready': (input) => healthResponse('/health/ready', input, () => readiness(input.isStopping)),
  '/metrics': ({ request, metricsToken, requestId }) => metricsResponse(request, metricsToken, requestId),
};
const BY_NAME = new Map(Object.entries(HANDLERS));

export function operationAt(path: string) {
  return BY_NAME.get(publicPath(path));
}

/** Probes do not queue: an overloaded server is alive. */
export function isHealth(path: string): boolean {
  return publicPath(path).startsWith('/health/') && operationAt(path) !== undefined;
}

async function healthResponse(
  template: Template,
  { request, requestId }: OperationInput,
  health: () => Promise<Health>,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return problemResponse(new AppError('method_not_allowed'), requestId, { allow: allowOf(template) });
  }
  const { status, body } = await health();
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(JSON.stringify(body), { status, headers });
}
