import type { AuthorizationErrorCode } from '@/lib/grant/model';
import { type Answer, type AnswerHeaders, json } from '@/lib/http/answer';
import { STATUS, toAppError } from '@/lib/http/problem';
import type { AppError } from '@/lib/platform/errors';

/**
 * The error codes of the token endpoint: RFC 6749 §5.2 and §4.1.2.1, RFC 8707 §2. Introspection and revocation use the
 * same, the endpoint for pushed requests also those of the authorization endpoint (RFC 9126 §2.3). RFC 7009's
 * unsupported_token_type never occurs, because every token that Signet issues can be revoked.
 */
export type OAuthErrorCode =
  | 'invalid_client'
  | 'invalid_grant'
  | AuthorizationErrorCode
  | 'unsupported_grant_type'
  | 'server_error'
  | 'temporarily_unavailable';

/** A refusal as an OAuth error. `description` is one sentence for the client's developer. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  constructor(
    readonly code: OAuthErrorCode,
    readonly description: string,
  ) {
    super(description);
  }
}

/** RFC 6749 §5.1, §5.2: neither a token nor a refusal may be cached. */
export const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' } as const;

const MAX_DESCRIPTION_LENGTH = 300;

/**
 * Any error as a response of an OAuth endpoint. Unexpected errors are logged, and their details stay out of the
 * response.
 */
export function oauthErrorAnswer(error: unknown, requestId: string): Answer {
  if (error instanceof OAuthError) {
    const status = error.code === 'invalid_client' ? 401 : 400;
    // Always, not only when the client tried Basic: RFC 9110 §15.5.2 requires a challenge with each 401.
    const headers = status === 401 ? { 'www-authenticate': 'Basic realm="signet"' } : undefined;
    return answer(status, error.code, error.description, requestId, headers);
  }
  return ofAppError(toAppError(error, requestId), requestId);
}

/** For `resource`: any method but POST (RFC 6749 §3.2). */
export function refuseOAuthMethod(requestId: string, headers: AnswerHeaders): Answer {
  return answer(405, 'invalid_request', `The method must be ${headers.allow}`, requestId, headers);
}

function ofAppError({ code, message, details }: AppError, requestId: string): Answer {
  const wait = (seconds: number) => ({ 'retry-after': String(details.retryAfterSeconds ?? seconds) });
  switch (code) {
    case 'invalid_input':
    case 'unsupported_media_type':
      return answer(400, 'invalid_request', details.reason ?? message, requestId);
    case 'payload_too_large':
      return answer(413, 'invalid_request', details.reason ?? message, requestId);
    case 'rate_limited':
      return answer(429, 'temporarily_unavailable', 'Too many failed attempts', requestId, wait(60));
    case 'overloaded':
      return answer(503, 'temporarily_unavailable', message, requestId, wait(5));
    case 'internal':
      return answer(500, 'server_error', 'An internal server error occurred', requestId);
    default:
      return answer(STATUS[code], 'invalid_request', details.reason ?? message, requestId);
  }
}

function answer(
  status: number,
  error: OAuthErrorCode,
  description: string,
  requestId: string,
  headers: AnswerHeaders = {},
): Answer {
  const body = { error, error_description: toDescription(description) };
  return { ...json(body, { ...NO_STORE, 'x-request-id': requestId, ...headers }), status };
}

/** RFC 6749 §5.2: printable ASCII without quotes and backslashes, even where it quotes the request. */
function toDescription(text: string): string {
  return text
    .slice(0, MAX_DESCRIPTION_LENGTH)
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[^ -~]/g, '?');
}
