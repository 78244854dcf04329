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
type Handler = RouteFile[string]['handler'];
type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  headers: AnswerHeaders,
) => Promise<void>;
/** A function that serves an internal path, or null if Next does. `route` is the match for the path as sent. */
export type ApiRouter = (method: string, innerPath: string, route: RouteMatch | null) => Serve | null;

/**
 * Serves API requests without Next, which would cost more than the rest of such a request, by calling the handlers of the
 * route files. `files` maps public templates to route files, `browserFiles` internal paths outside the table. A path
 * without a route is 404; next-auth's other endpoints stay with Next.
 */
export function createApiRouter(files: RouteFiles, browserFiles: RouteFiles = {}): ApiRouter {
  const known = new Map(Object.entries(files));
  const forBrowsers = new Map(Object.entries(browserFiles));
  return (asked, innerPath, route) => {
    if (!innerPath.startsWith('/api/')) return null;
    const handler = forBrowsers.get(innerPath)?.[asked]?.handler;
    if (handler) return serveBy(() => handler, {});
    if (innerPath.startsWith('/api/auth/')) return null;
    const found = route ?? matchRoute(withDot(innerPath));
    const file: RouteFile = (found && known.get(found.template)) ?? notFound;
    return serveBy((method) => file[method]?.handler, paramsOf(found));
  };
}

function serveBy(handlerOf: (method: string) => Handler | undefined, params: Record<string, string>): Serve {
  return async (request, response, context, headers) => {
    const asked = new NodeRequest(request, context);
    const handler = handlerOf(asked.method);
    if (!handler) throw new AppError('method_not_allowed');
    await sendAnswer(request, response, await handler(asked, params), headers);
  };
}

/** Next also serves well-known names by their folder under app/api, which has no leading dot. */
function withDot(innerPath: string): string {
  return innerPath.replace(/^\/api\/(?=well-known\/)/, '/.');
}

/** Decodes each parameter once. `readTarget` has refused malformed ones. */
function paramsOf(route: RouteMatch | null): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of route?.params ?? [])
    params[name] = value.includes('%') ? decodeURIComponent(value) : value;
  return params;
}
