import type { z } from 'zod';
import { contextOf, type RequestContext } from '../http/context';
import { problemResponse, toAppError } from '../http/problem';
import { type Handler, parseQuery } from './handle';

type Input<Query> = { context: RequestContext; params: Record<string, string>; request: Request; query: Query };

/** The edge of documents that anybody may read: no token, the same error envelope. */
export function handlePublic<Query extends z.ZodType = z.ZodNull>(
  serve: (input: Input<z.output<Query>>) => Promise<Response>,
  declared: { query?: Query } = {},
): Handler {
  const handler: Handler = async (request, params) => {
    const context = contextOf(request);
    try {
      const query = parseQuery(declared.query, request);
      const response = await serve({ context, params, request, query });
      response.headers.set('x-request-id', context.requestId);
      return response;
    } catch (error) {
      return problemResponse(toAppError(error, context.requestId), context.requestId);
    }
  };
  return Object.assign(handler, { declared });
}
