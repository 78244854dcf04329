import type { AuthMethod } from '@/lib/api-credential/model';
import { type AuthenticatedClient, authenticateClient, recordCredentialUse } from '@/lib/api-credential/service';
import type { Application } from '@/lib/application/model';
import { authenticateApplication } from '@/lib/application/service';
import type { RequestContext } from '@/lib/http/context';
import { type ApiRequest, queryOf } from '@/lib/http/request';
import { AppError } from '@/lib/platform/errors';
import { log } from '@/lib/platform/log';
import { addressKey } from '@/lib/platform/network';
import type { RateLimit } from '@/lib/rate-limit/model';
import { consumeLimits } from '@/lib/rate-limit/service';
import { decodeFormText, type Form } from '../form';
import { OAuthError } from './error';

/**
 * Client authentication (RFC 6749 §2.3) by HTTP Basic or in the body. Failures are rate-limited per address, and per
 * client ID and address. A correct secret always passes: 256-bit secrets cannot be guessed (RFC 6749 §10.10), so the
 * limit slows attempts down and must not lock out the legitimate client. Refuses: 400 invalid_request for a malformed
 * request, 401 invalid_client, 429.
 */
async function requireClient(request: ApiRequest, form: Form, context: RequestContext): Promise<AuthenticatedClient> {
  const { clientSecret, ...sent } = readClient(request, form);
  if (clientSecret === null) throw invalidClient('Client authentication is missing');
  const outcome = await authenticateClient({ projectId: context.projectId, clientSecret, ...sent });
  if ('clientId' in outcome) {
    void recordCredentialUse(outcome, context.address);
    return outcome;
  }
  log.info('client authentication failed', { request_id: context.requestId, reason: outcome.reason });
  switch (outcome.reason) {
    case 'unknown':
      await consumeLimits(...failureLimits(sent.clientId, context.address));
      throw invalidClient('Client authentication failed');
    case 'expired':
      throw invalidClient('The API credential has expired');
    case 'method':
      throw invalidClient(`The client is registered for ${outcome.registered}, but used ${sent.authMethod}`);
  }
}

/** An API credential or an application, by the prefix of its client ID. */
export async function requireAnyClient(
  request: ApiRequest,
  form: Form,
  context: RequestContext,
): Promise<{ credential: AuthenticatedClient } | { application: Application }> {
  const { clientId } = readClient(request, form);
  if (!isApplicationId(clientId)) return { credential: await requireClient(request, form, context) };
  return { application: await requireApplication(request, form, context) };
}

/**
 * An application, whose secret is taken by HTTP Basic or in the body; a public one names itself only (RFC 6749 §3.2.1),
 * and a secret would be a mistake. Limits and refusals as for API credentials.
 */
async function requireApplication(request: ApiRequest, form: Form, context: RequestContext): Promise<Application> {
  const { clientId, clientSecret } = readClient(request, form);
  const { projectId, requestId, address } = context;
  const outcome = await authenticateApplication({ projectId, clientId, clientSecret: clientSecret || null });
  if ('clientId' in outcome) return outcome;
  log.info('client authentication failed', { request_id: requestId, reason: outcome.reason });
  switch (outcome.reason) {
    case 'unknown':
      await consumeLimits(...failureLimits(clientId, address));
      throw invalidClient('Client authentication failed');
    case 'disabled':
      throw invalidClient('The application is disabled');
    case 'secret_refused':
      throw invalidClient('The application is public and has no secret');
  }
}

/** The prefix distinguishes it from an API credential (RFC 9700 §4.15). */
function isApplicationId(clientId: string): boolean {
  return clientId.startsWith('app_');
}

type SentClient = { clientId: string; clientSecret: string | null; authMethod: AuthMethod };

const WINDOW_SECONDS = 60;

function failureLimits(clientId: string, address: string): RateLimit[] {
  const from = addressKey(address);
  return [
    { name: 'client-secret', key: `${clientId}\0${from}`, max: 20, windowSeconds: WINDOW_SECONDS },
    { name: 'client-address', key: from, max: 200, windowSeconds: WINDOW_SECONDS },
  ];
}

/** Only an application may send no secret. */
function readClient(request: ApiRequest, form: Form): SentClient {
  // RFC 6749 §2.3.1: never in the URI, which ends up in logs and histories.
  if (queryOf(request).has('client_secret')) {
    throw invalidRequest('The client secret must not be in the query string');
  }
  const header = request.headers.get('authorization');
  const clientId = form.get('client_id');
  const clientSecret = form.get('client_secret');
  if (header === null) {
    const isComplete = clientSecret !== undefined || (clientId !== undefined && isApplicationId(clientId));
    if (clientId === undefined || !isComplete) throw invalidClient('Client authentication is missing');
    return { clientId, clientSecret: clientSecret ?? null, authMethod: 'client_secret_post' };
  }
  // RFC 6749 §2.3: a client must not use more than one method in each request.
  if (clientSecret !== undefined)
    throw invalidRequest('Client credentials were sent both with HTTP Basic and in the body');
  if (!/^basic\b/i.test(header)) throw invalidClient('The authentication scheme must be Basic');
  const sent = decodeBasic(header);
  if (clientId !== undefined && clientId !== sent.clientId) {
    throw invalidRequest('The client_id in the body does not match the Basic credentials');
  }
  return { ...sent, authMethod: 'client_secret_basic' };
}

/** RFC 7617 §2 with both halves form-encoded, as RFC 6749 §2.3.1 requires. */
function decodeBasic(header: string): { clientId: string; clientSecret: string } {
  const base64 = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header.trim())?.[1] ?? '';
  const bytes = Buffer.from(base64, 'base64');
  // Node repairs invalid base64; a value that does not round-trip was repaired.
  if (base64 === '' || bytes.toString('base64') !== base64) throw invalidRequest('Malformed Basic credentials');
  const pair = decodeUtf8(bytes);
  const colon = pair.indexOf(':');
  if (colon < 0 || /\p{Cc}/u.test(pair)) throw invalidRequest('Basic credentials must be client_id:client_secret');
  return { clientId: decodeFormText(pair.slice(0, colon)), clientSecret: decodeFormText(pair.slice(colon + 1)) };
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid_input', { reason: 'Basic credentials are not valid UTF-8', cause });
  }
}

function invalidRequest(description: string): OAuthError {
  return new OAuthError('invalid_request', description);
}

function invalidClient(description: string): OAuthError {
  return new OAuthError('invalid_client', description);
}
