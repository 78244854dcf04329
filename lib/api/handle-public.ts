import type { z } from 'zod';
import { type Answer, withHeaders } from '../http/answer';
import { contextOf, type RequestContext } from '../http/context';
import { problemAnswer, toAppError } from '../http/problem';
import type { ApiRequest } from '../http/request';
import { type Handler, parseQuery, type Serve } from './handle';
import type { PublicRoute } from './routes';

type Input<Query> = { context: RequestContext; params: Record<string, string>; request: ApiRequest; query: Query };

/** The edge of public documents: no token, the same error envelope. */
export function handlePublic<Route extends PublicRoute, Query extends z.ZodType = z.ZodNull>(
  route: Route,
  declared: { query?: Query },
  serve: (input: Input<z.output<Query>>) => Promise<Answer>,
): Handler<Route> {
  const handler = publicEdge((input) => serve({ ...input, query: parseQuery(declared.query, input.request) }));
  return Object.assign(handler, { route, declared });
}

/** The same edge for routes outside the table: unknown paths and images of pages. */
export function publicEdge(serve: (input: Omit<Input<never>, 'query'>) => Promise<Answer>): Serve {
  return async (request, params) => {
    const context = contextOf(request);
    try {
      return withHeaders(await serve({ context, params, request }), { 'x-request-id': context.requestId });
    } catch (error) {
      return problemAnswer(toAppError(error, context.requestId), context.requestId);
    }
  };
}
