import { AppError } from '@/lib/platform/errors';
import { isStorableText } from '@/lib/platform/text';
import { contextOf } from '../http/context';
import { problemResponse } from '../http/problem';
import type { Handler } from './handle';

/**
 * The methods of one path, as Next’s route files export them. HEAD is GET without its body; every
 * other method is 405 with Allow (RFC 9110 §15.5.6), in the words of `refuse` (the token endpoint has its own). A name in
 * the path that cannot be stored is 404.
 */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
/** A route without a parameter in its path is given none at all. */
type NextHandler = ((
  request: Request,
  extra: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>) &
  Pick<Handler, 'declared'>;

export function resource(
  handlers: Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Handler>>,
  refuse: (requestId: string, headers: Record<string, string>) => Response = refuseMethod,
): Record<Method, NextHandler> {
  const allowed = METHODS.filter((method) => serverOf(handlers, method) !== undefined).join(', ');
  const entries = METHODS.map((method): [Method, NextHandler] => {
    const serve = serverOf(handlers, method);
    const answer: NextHandler = async (request, extra) => {
      const params = (await extra.params) ?? {};
      const { requestId } = contextOf(request);
      // What nothing can be stored under is the name of nothing.
      if (!Object.values(params).every(isStorableText)) return problemResponse(new AppError('not_found'), requestId);
      if (!serve) return refuse(requestId, { allow: allowed });
      const response = await serve(request, params);
      return method === 'HEAD' ? new Response(null, response) : response;
    };
    return [method, Object.assign(answer, { declared: serve?.declared })];
  });
  return Object.fromEntries(entries) as Record<Method, NextHandler>;
}

function serverOf(handlers: Partial<Record<string, Handler>>, method: Method): Handler | undefined {
  return handlers[method === 'HEAD' ? 'GET' : method];
}

function refuseMethod(requestId: string, headers: Record<string, string>): Response {
  return problemResponse(new AppError('method_not_allowed'), requestId, headers);
}
