import { empty, json } from '@/lib/http/answer';
import { contextOf, type RequestContext } from '@/lib/http/context';
import type { ApiRequest } from '@/lib/http/request';
import type { Handler, Serve } from '../handle';
import type { ClientRoute } from '../routes';
import { NO_STORE, oauthErrorAnswer } from './error';

/**
 * The edge of the OAuth endpoints: clients authenticate themselves, and errors are those of RFC 6749 §5.2. Returning
 * null sends an empty response.
 */
export function handleOAuth<Route extends ClientRoute>(
  route: Route,
  serve: (input: { request: ApiRequest; context: RequestContext }) => Promise<object | null>,
  status = 200,
): Handler<Route> {
  const handler: Serve = async (request) => {
    const context = contextOf(request);
    try {
      const body = await serve({ request, context });
      const headers = { ...NO_STORE, 'x-request-id': context.requestId };
      return body === null ? empty(status, headers) : { ...json(body, headers), status };
    } catch (error) {
      return oauthErrorAnswer(error, context.requestId);
    }
  };
  return Object.assign(handler, { route });
}
