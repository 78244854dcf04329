import { CONTEXT_HEADER, openContext, type RequestContext } from './context';
import type { Handler } from './handle';
import { NO_STORE, oauthErrorResponse } from './oauth-error';

/**
 * The edge of the OAuth endpoints: programs that prove themselves as clients, answered in the words of RFC 6749. Functions
 * of the Web's Request to Response that know nothing of Next.
 */
export function handleOAuth(serve: (input: { request: Request; context: RequestContext }) => Promise<object>): Handler {
  return async (request) => {
    const context = openContext(request.headers.get(CONTEXT_HEADER));
    try {
      const body = await serve({ request, context });
      return Response.json(body, { headers: { ...NO_STORE, 'x-request-id': context.requestId } });
    } catch (error) {
      return oauthErrorResponse(error, context.requestId);
    }
  };
}
