import { CONTEXT_HEADER, openContext, type RequestContext } from './context';
import type { Handler } from './handle';
import { problemResponse, toAppError } from './problem';

/** The edge of documents that anybody may read: no token, the same error envelope. */
export function handlePublic(
  serve: (input: { context: RequestContext; params: Record<string, string>; request: Request }) => Promise<Response>,
): Handler {
  return async (request, params) => {
    const context = openContext(request.headers.get(CONTEXT_HEADER));
    try {
      const response = await serve({ context, params, request });
      response.headers.set('x-request-id', context.requestId);
      return response;
    } catch (error) {
      return problemResponse(toAppError(error, context.requestId), context.requestId);
    }
  };
}
