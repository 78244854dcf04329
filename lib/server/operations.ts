import type { IncomingMessage } from 'node:http';
import { allowOf, type OperationsRoute, publicPath, type TemplateOf } from '@/lib/api/routes';
import { AppError } from '@/lib/platform/errors';
import type { Answer } from '../http/answer';
import { problemAnswer } from '../http/problem';
import { ALIVE, type Health, readiness } from './health';
import { metricsAnswer } from './metrics';

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
const HANDLERS: Record<Template, (input: OperationInput) => Promise<Answer>> = {
  '/health/alive': (input) => healthAnswer('/health/alive', input, async () => ALIVE),
  '/health/ready': (input) => healthAnswer('/health/ready', input, () => readiness(input.isStopping)),
  '/metrics': ({ request, metricsToken, requestId }) => metricsAnswer(request, metricsToken, requestId),
};
const BY_NAME = new Map(Object.entries(HANDLERS));

export function operationAt(path: string) {
  return BY_NAME.get(publicPath(path));
}

/** Probes do not queue: an overloaded server is alive. */
export function isHealth(path: string): boolean {
  return publicPath(path).startsWith('/health/') && operationAt(path) !== undefined;
}

async function healthAnswer(
  template: Template,
  { request, requestId }: OperationInput,
  health: () => Promise<Health>,
): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return problemAnswer(new AppError('method_not_allowed'), requestId, { allow: allowOf(template) });
  }
  const { status, body } = await health();
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: JSON.stringify(body) };
}
