import type { Application } from '@/lib/application/model';
import { matchesRedirectUri } from '@/lib/application/model/uri';
import { type AuthorizationFault, type Parameters, PUSHED_SECONDS, REQUEST_URI_PREFIX } from '../model';
import type { TokenClient } from './actor';
import { parameterOf, readRequest } from './read-request';
import { storeRequest } from './stored-request';

/**
 * Stores a request that an authenticated application pushes (RFC 9126 §2). Refuses with what the authorization endpoint
 * would answer; `rate_limited`.
 */
export async function pushRequest(
  client: TokenClient,
  application: Application,
  sent: Parameters,
): Promise<{ requestUri: string; expiresInSeconds: number } | { fault: AuthorizationFault }> {
  const redirectUri = parameterOf(sent, 'redirect_uri');
  // RFC 9126 §2.1: a pushed request must not refer to another one.
  if (parameterOf(sent, 'request_uri') !== undefined) return refuse('The parameter request_uri cannot be pushed');
  if (redirectUri === undefined) return refuse('The parameter redirect_uri is missing');
  if (!matchesRedirectUri(application, redirectUri)) return refuse('The redirect_uri is not registered');
  const read = readRequest(application, redirectUri, sent);
  if ('fault' in read) return read;
  // Neither the secret nor its like is stored.
  const parameters = sent.filter(([name]) => !name.startsWith('client_'));
  const id = await storeRequest({ ...client, applicationId: application.id, parameters, isPushed: true });
  return { requestUri: `${REQUEST_URI_PREFIX}${id}`, expiresInSeconds: PUSHED_SECONDS };
}

function refuse(description: string): { fault: AuthorizationFault } {
  return { fault: { error: 'invalid_request', description } };
}
