import type { IncomingMessage, ServerResponse } from 'node:http';
import { notFound } from '@/lib/api/not-found';
import type { RouteFile } from '@/lib/api/resource';
import { attachContext, type RequestContext } from '@/lib/http/context';
import { AppError } from '@/lib/platform/errors';
import { toInnerPath } from './names';
import { NodeRequest } from './node-request';
import { sendResponse } from './send-response';

export type RouteFiles = Readonly<Record<string, RouteFile>>;
type Found = { file: RouteFile; params: Record<string, string> };
type Serve = (request: IncomingMessage, response: ServerResponse, context: RequestContext) => Promise<void>;
/** An unknown name. */
const UNKNOWN: Found = { file: notFound, params: {} };
/** Serves an internal path, or is null where Next does. */
export type Lane = (path: string) => Serve | null;

/**
 * Serves programs without Next, which would cost more than the rest of such a request. Calls the handlers that route
 * files export, matched by the internal path as Next matches it. `files` maps public templates to route files. A path
 * without a route is 404; next-auth's endpoints stay with Next.
 */
export function createLane(files: RouteFiles): Lane {
  const find = finder(files);
  return (path) => {
    if (!path.startsWith('/api/') || path.startsWith('/api/auth/')) return null;
    const { file, params } = find(path) ?? UNKNOWN;
    return async (request, response, context) => {
      const asked = new NodeRequest(request, context.origin);
      attachContext(asked, context);
      const handler = file[asked.method];
      if (!handler) throw new AppError('method_not_allowed');
      await sendResponse(request, response, await handler(asked, { params: Promise.resolve(params) }));
    };
  };
}

function finder(files: RouteFiles): (path: string) => Found | null {
  const fixed = new Map<string, Found>();
  const named: Array<{ names: string[]; file: RouteFile }> = [];
  for (const [template, file] of Object.entries(files)) {
    const path = toInnerPath(template);
    if (path.includes('{')) named.push({ names: path.split('/'), file });
    else fixed.set(path, { file, params: {} });
  }
  return (path) => {
    const known = fixed.get(path);
    if (known) return known;
    const values = path.split('/');
    for (const { names, file } of named) {
      const params = paramsOf(names, values);
      if (params) return { file, params };
    }
    return null;
  };
}

/** The decoded values of `{name}`, or null where the path is another one. `readTarget` has refused what cannot be decoded. */
function paramsOf(names: string[], values: string[]): Record<string, string> | null {
  if (names.length !== values.length) return null;
  const isSame = names.every((name, at) => name === values[at] || (name.startsWith('{') && values[at] !== ''));
  if (!isSame) return null;
  const given = names.flatMap((name, at) =>
    name.startsWith('{') ? [[name.slice(1, -1), values[at] ?? ''] as const] : [],
  );
  return Object.fromEntries(given.map(([name, value]) => [name, decodeURIComponent(value)]));
}
