import { type Answer, json } from '@/lib/http/answer';
import { mediaType } from '@/lib/http/body';
import { contextOf, type RequestContext } from '@/lib/http/context';
import type { ApiRequest } from '@/lib/http/request';
import { readForm } from '../form';
import { bearerToken, type Handler, type Serve } from '../handle';
import type { TokenRoute } from '../routes';
import { NO_STORE, OAuthError, oauthErrorAnswer } from './error';

const FORM = { limit: 64 * 1024 };

/** A refusal of an access token (RFC 6750 §3.1). */
export type BearerFault = 'invalid_token' | 'insufficient_scope';

/**
 * The edge of endpoints that take a person's access token (RFC 6750). `serve` resolves to the response's body or to why the
 * token is refused.
 */
export function handleBearer<Route extends TokenRoute>(
  route: Route,
  serve: (input: { context: RequestContext; token: string }) => Promise<object | BearerFault>,
): Handler<Route> {
  const handler: Serve = async (request) => {
    const context = contextOf(request);
    const { requestId } = context;
    try {
      const token = await findToken(request);
      if (token === null) return refuse(requestId, null);
      const body = await serve({ context, token });
      if (typeof body === 'string') return refuse(requestId, body);
      return json(body, { ...NO_STORE, 'x-request-id': requestId });
    } catch (error) {
      return oauthErrorAnswer(error, requestId);
    }
  };
  return Object.assign(handler, { route });
}

/** By the header or, for POST, a form (RFC 6750 §2.2), never both; a token in the query is ignored (ASVS 14.2.1). */
async function findToken(request: ApiRequest): Promise<string | null> {
  const inHeader = bearerToken(request);
  const hasForm = request.method === 'POST' && mediaType(request) === 'application/x-www-form-urlencoded';
  if (!hasForm || request.headers.get('content-length') === '0') return inHeader;
  const inForm = (await readForm(request, FORM)).get('access_token') ?? null;
  if (inHeader !== null && inForm !== null)
    throw new OAuthError('invalid_request', 'The access token was sent both in the header and in the body');
  return inHeader ?? inForm;
}

/** Without a token, the challenge names the realm only (RFC 6750 §3); the body says the same in words. */
function refuse(requestId: string, fault: BearerFault | null): Answer {
  const realm = 'Bearer realm="signet"';
  const headers = { ...NO_STORE, 'x-request-id': requestId };
  if (fault === null) {
    const body = { error: 'invalid_token', error_description: 'An access token is required' };
    return { ...json(body, { ...headers, 'www-authenticate': realm }), status: 401 };
  }
  const description = DESCRIPTIONS[fault];
  const scope = fault === 'insufficient_scope' ? ', scope="openid"' : '';
  const challenge = `${realm}, error="${fault}", error_description="${description}"${scope}`;
  const body = { error: fault, error_description: description };
  return {
    ...json(body, { ...headers, 'www-authenticate': challenge }),
    status: fault === 'insufficient_scope' ? 403 : 401,
  };
}

const DESCRIPTIONS: Record<BearerFault, string> = {
  invalid_token: 'The access token is expired, revoked, or not valid here',
  insufficient_scope: 'The access token lacks the scope openid',
};
