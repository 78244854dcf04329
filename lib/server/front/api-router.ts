import type { IncomingMessage, ServerResponse } from 'node:http';
import { notFound } from '@/lib/api/not-found';
import type { RouteFile } from '@/lib/api/resource';
import type { AnswerHeaders } from '@/lib/http/answer';
import type { RequestContext } from '@/lib/http/context';
import { AppError } from '@/lib/platform/errors';
import { matchRoute, type RouteMatch } from '../route-template';
import { NodeRequest } from './node-request';
import { sendAnswer } from './send-answer';

export type RouteFiles = Readonly<Record<string, RouteFile>>;
type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  headers: AnswerHeaders,
) => Promise<void>;
/** Serves an internal path, or is null where Next does. `route` is what the table has for the path as sent. */
export type ApiRouter = (innerPath: string, route: RouteMatch | null) => Serve | null;

/**
 * Serves programs without Next, which would cost more than the rest of such a request. Calls the handlers that route
 * files export. `files` maps public templates to route files. A path without a route is 404; next-auth's endpoints stay
 * with Next.
 */
export function createApiRouter(files: RouteFiles): ApiRouter {
  const known = new Map(Object.entries(files));
  return (innerPath, route) => {
    if (!innerPath.startsWith('/api/') || innerPath.startsWith('/api/auth/')) return null;
    const found = route ?? matchRoute(withDot(innerPath));
    const file: RouteFile = (found && known.get(found.template)) ?? notFound;
    return async (request, response, context, headers) => {
      const asked = new NodeRequest(request, context);
      const method = file[asked.method];
      if (!method) throw new AppError('method_not_allowed');
      await sendAnswer(request, response, await method.handler(asked, paramsOf(found)), headers);
    };
  };
}

/** Next also serves well-known names by the folder of their route files, which has no leading dot. */
function withDot(innerPath: string): string {
  return innerPath.replace(/^\/api\/(?=well-known\/)/, '/.');
}

/** Each parameter decoded once. `readTarget` has refused what cannot be decoded. */
function paramsOf(route: RouteMatch | null): Record<string, string> {
  const params: Record<string, string> = Object.create(null);
  for (const [name, value] of route?.params ?? [])
    params[name] = value.includes('%') ? decodeURIComponent(value) : value;
  return params;
}
