import { z } from 'zod';
import { UNDO_OBSTACLES } from '@/lib/platform/errors';
import type { RefusalStatus, ResponseHeader } from '../routes/route';

/** The two error envelopes: the admin API's (in the shape of Ory's herodot) and OAuth's. */
const violation = z.object({
  pointer: z
    .string()
    .meta({ description: 'The invalid value, as a JSON Pointer into the body (RFC 6901).', example: '/traits/email' }),
  message: z.string(),
  keyword: z.string().optional().meta({ description: 'The JSON Schema keyword that failed.' }),
  params: z.record(z.string(), z.unknown()).optional(),
});

export const problem = z
  .object({
    code: z.int().meta({ description: 'The HTTP status code.' }),
    status: z.string().meta({ description: 'The HTTP status text.' }),
    request: z.string().meta({ description: 'The request ID, as in `X-Request-Id`.' }),
    reason: z.string().optional().meta({ description: 'Specific cause of the error.' }),
    details: z
      .object({
        violations: z.array(violation).optional(),
        conflicts: z
          .array(
            z.object({
              pointer: z.string(),
              before: z.unknown(),
              after: z.unknown(),
              now: z.unknown(),
              event: z.string().nullable(),
            }),
          )
          .optional()
          .meta({ description: 'Fields of a change that cannot be undone, because later changes touched them.' }),
        obstacle: z.enum(UNDO_OBSTACLES).optional().meta({ description: 'Why a change cannot be undone.' }),
        resource_id: z
          .string()
          .optional()
          .meta({ description: 'ID of the resource that the earlier request created or changed.' }),
      })
      .optional(),
    message: z.string().meta({ description: 'General description of the error.' }),
  })
  .meta({ id: 'GenericError' });

export const errorEnvelope = z
  .object({ error: problem })
  .meta({ id: 'ErrorGeneric', description: 'Error response of the admin API.' });

export const oauthError = z
  .object({
    error: z.enum([
      'invalid_request',
      'invalid_client',
      'invalid_scope',
      'invalid_target',
      'unauthorized_client',
      'unsupported_grant_type',
      'invalid_grant',
      // Of a pushed authorization request (RFC 9126 §2.3).
      ...(['unsupported_response_type', 'request_not_supported', 'request_uri_not_supported'] as const),
      'registration_not_supported',
      // Of an access token (RFC 6750 §3.1).
      ...(['invalid_token', 'insufficient_scope'] as const),
      'server_error',
      'temporarily_unavailable',
    ]),
    error_description: z.string().meta({ description: 'Explanation for the client developer.' }),
  })
  .meta({ id: 'ErrorOAuth2', description: 'Error response of the OAuth endpoints (RFC 6749 §5.2, RFC 6750 §3.1).' });

export type RefusalNote = {
  name: string;
  description: string;
  headers?: ResponseHeader[];
  /** For examples. */
  status: string;
  message: string;
  reason?: string;
  oauth?: string;
};

/** The default meaning of each status. A route may override the text. */
export const REFUSALS: Record<RefusalStatus, RefusalNote> = {
  400: {
    name: 'BadRequest',
    description: 'The request is malformed or contains invalid values; see `details.violations`.',
    status: 'Bad Request',
    message: 'The request was malformed or contained invalid parameters',
    reason: 'body/traits/email: must match format "email"',
    oauth: 'invalid_request',
  },
  401: {
    name: 'Unauthorized',
    description: 'Authentication is missing or invalid; see `WWW-Authenticate`.',
    headers: ['WWW-Authenticate'],
    status: 'Unauthorized',
    message: 'The request could not be authorized',
    reason: 'The access token is expired, revoked, or not valid here',
    oauth: 'invalid_client',
  },
  403: {
    name: 'Forbidden',
    description:
      'The access token lacks the scope named in `WWW-Authenticate`, or the identity holds an operator role and cannot be changed with an access token.',
    status: 'Forbidden',
    message: 'The requested action was forbidden',
    reason: 'The access token lacks the scope identities:write',
    oauth: 'insufficient_scope',
  },
  404: {
    name: 'NotFound',
    description: 'Resource not found.',
    status: 'Not Found',
    message: 'Unable to locate the resource',
  },
  409: {
    name: 'Conflict',
    description: 'Conflicts with the current state of the resource.',
    status: 'Conflict',
    message: 'This identity conflicts with another identity that already exists',
  },
  412: {
    name: 'PreconditionFailed',
    description: '`If-Match` or `If-None-Match` failed; nothing was changed.',
    status: 'Precondition Failed',
    message: 'The resource has changed since it was read',
  },
  413: {
    name: 'PayloadTooLarge',
    description: 'The body is too large.',
    status: 'Payload Too Large',
    message: 'The request body is too large',
    reason: 'The body exceeds 1048576 bytes',
    oauth: 'invalid_request',
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is compressed, or its media type is not supported.',
    status: 'Unsupported Media Type',
    message: 'The request is using an unknown content type',
  },
  421: {
    name: 'MisdirectedRequest',
    description: 'The host does not belong to a project.',
    status: 'Misdirected Request',
    message: 'This host does not belong to a project',
  },
  422: {
    name: 'UnprocessableContent',
    description: 'The `Idempotency-Key` was already used for a different request.',
    status: 'Unprocessable Entity',
    message: 'This Idempotency-Key was already used for a different request',
  },
  429: {
    name: 'TooManyRequests',
    description: 'Too many failed attempts; see `Retry-After`.',
    headers: ['Retry-After'],
    status: 'Too Many Requests',
    message: 'Too many requests',
    oauth: 'temporarily_unavailable',
  },
  500: {
    name: 'InternalServerError',
    description: 'Internal error. Look up the request ID in the server log.',
    status: 'Internal Server Error',
    message: 'An internal server error occurred, please contact the system administrator',
    oauth: 'server_error',
  },
  503: {
    name: 'ServiceUnavailable',
    description: 'The server or its database is overloaded or unavailable; see `Retry-After`.',
    headers: ['Retry-After'],
    status: 'Service Unavailable',
    message: 'The server is temporarily unavailable',
    oauth: 'temporarily_unavailable',
  },
};

/** An example of a refusal, as a server would return it. */
export function refusalExample(status: RefusalStatus, kind: 'admin' | 'oauth'): unknown {
  const { status: words, message, reason, oauth } = REFUSALS[status];
  if (kind === 'oauth' && oauth !== undefined) {
    return { error: oauth, error_description: status === 401 ? 'Client authentication failed' : message };
  }
  return {
    error: {
      code: status,
      status: words,
      request: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
      ...(reason !== undefined && { reason }),
      message,
    },
  };
}
