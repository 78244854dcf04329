import type { z } from 'zod';
import { contextOf, type RequestContext } from '../http/context';
import { problemResponse, toAppError } from '../http/problem';
import type { ApiRequest } from '../http/request';
import { type Handler, parseQuery } from './handle';
import type { PublicRoute } from './routes';

type Input<Query> = { context: RequestContext; params: Record<string, string>; request: ApiRequest; query: Query };

/** The edge of public documents: no token, the same error envelope. */
export function handlePublic<Route extends PublicRoute, Query extends z.ZodType = z.ZodNull>(
  route: Route,
  declared: { query?: Query },
  serve: (input: Input<z.output<Query>>) => Promise<Response>,
): Handler<Route> {
  const handler = publicEdge((input) => serve({ ...input, query: parseQuery(declared.query, input.request) }));
  return Object.assign(handler, { route, declared });
}

/** The same edge for routes outside the table: unknown paths, images of pages and next-auth's endpoints. */
export function publicEdge(serve: (input: Omit<Input<never>, 'query'>) => Promise<Response>) {
  return async (request: ApiRequest, params: Record<string, string>): Promise<Response> => {
    const context = contextOf(request);
    try {
      const response = await serve({ context, params, request });
      response.headers.set('x-request-id', context.requestId);
      return response;
    } catch (error) {
      return problemResponse(toAppError(error, context.requestId), context.requestId);
    }
  };
}
