import { z } from 'zod';
import type { RefusalStatus, ResponseHeader } from '../routes/route';

/** The two envelopes of refusals, as programs read them: the admin API's (as Ory's herodot shapes it) and OAuth's. */
const violation = z.object({
  pointer: z.string().meta({ description: 'Where it is in the body (RFC 6901).', example: '/traits/email' }),
  message: z.string(),
  keyword: z.string().optional().meta({ description: 'The word of JSON Schema that was not met.' }),
  params: z.record(z.string(), z.unknown()).optional(),
});

export const problem = z
  .object({
    code: z.int().meta({ description: 'The HTTP status.' }),
    status: z.string().meta({ description: 'The status in words.' }),
    request: z.string().meta({ description: 'The id of this request, as in the header X-Request-Id.' }),
    reason: z.string().optional().meta({ description: 'What is wrong in this very case.' }),
    details: z
      .object({
        violations: z.array(violation).optional(),
        resource_id: z.string().optional().meta({ description: 'What an earlier call made or was about.' }),
      })
      .optional(),
    message: z.string().meta({ description: 'What is wrong in general.' }),
  })
  .meta({ id: 'GenericError' });

export const errorEnvelope = z
  .object({ error: problem })
  .meta({ id: 'ErrorGeneric', description: 'Every refusal of the admin API.' });

export const oauthError = z
  .object({
    error: z.enum([
      'invalid_request',
      'invalid_client',
      'invalid_scope',
      'invalid_target',
      'unauthorized_client',
      'unsupported_grant_type',
      'server_error',
      'temporarily_unavailable',
    ]),
    error_description: z.string().meta({ description: 'One sentence for the developer of the client.' }),
  })
  .meta({ id: 'ErrorOAuth2', description: 'Every refusal of the OAuth endpoints (RFC 6749 §5.2).' });

export type RefusalNote = {
  name: string;
  description: string;
  headers?: ResponseHeader[];
  /** What the examples say. */
  status: string;
  message: string;
  reason?: string;
  oauth?: string;
};

/** What each status means wherever it comes. A call may say it in words of its own. */
export const REFUSALS: Record<RefusalStatus, RefusalNote> = {
  400: {
    name: 'BadRequest',
    description: 'The request cannot be read, or what it asks for is not valid. `details.violations` says where.',
    status: 'Bad Request',
    message: 'The request was malformed or contained invalid parameters',
    reason: 'body/traits/email: must match format "email"',
    oauth: 'invalid_request',
  },
  401: {
    name: 'Unauthorized',
    description: 'There is no valid proof of who asks. `WWW-Authenticate` says what is wanted.',
    headers: ['WWW-Authenticate'],
    status: 'Unauthorized',
    message: 'The request could not be authorized',
    reason: 'The access token is expired, revoked, or not valid here',
    oauth: 'invalid_client',
  },
  403: {
    name: 'Forbidden',
    description:
      'The access token lacks the scope (`WWW-Authenticate` names it), or the identity holds an operator role and no token may touch it.',
    status: 'Forbidden',
    message: 'The requested action was forbidden',
    reason: 'The access token lacks the scope identities:write',
  },
  404: {
    name: 'NotFound',
    description: 'There is no such thing here.',
    status: 'Not Found',
    message: 'Unable to locate the resource',
  },
  409: {
    name: 'Conflict',
    description: 'It does not fit to what is there.',
    status: 'Conflict',
    message: 'This identity conflicts with another identity that already exists',
  },
  412: {
    name: 'PreconditionFailed',
    description: '`If-Match` names another version than the one that is there. Nothing was changed.',
    status: 'Precondition Failed',
    message: 'The resource has changed since it was read',
  },
  413: {
    name: 'PayloadTooLarge',
    description: 'The body is larger than this call takes.',
    status: 'Payload Too Large',
    message: 'The request body is too large',
    reason: 'The body is larger than 1048576 bytes',
    oauth: 'invalid_request',
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is compressed, or of a type that this call does not take.',
    status: 'Unsupported Media Type',
    message: 'The request is using an unknown content type',
  },
  421: {
    name: 'MisdirectedRequest',
    description: 'No project answers on this host.',
    status: 'Misdirected Request',
    message: 'This host belongs to no project',
  },
  422: {
    name: 'UnprocessableContent',
    description: 'This `Idempotency-Key` was sent before with another request.',
    status: 'Unprocessable Entity',
    message: 'The idempotency key was used for another request',
  },
  429: {
    name: 'TooManyRequests',
    description: 'Too many attempts. `Retry-After` says how many seconds to wait.',
    headers: ['Retry-After'],
    status: 'Too Many Requests',
    message: 'Too many requests',
    oauth: 'temporarily_unavailable',
  },
  500: {
    name: 'InternalServerError',
    description: 'A fault of ours. Its details stand in the log under the id of the request.',
    status: 'Internal Server Error',
    message: 'An internal server error occurred, please contact the system administrator',
    oauth: 'server_error',
  },
  503: {
    name: 'ServiceUnavailable',
    description: 'The server or its database is too busy. `Retry-After` says how many seconds to wait.',
    headers: ['Retry-After'],
    status: 'Service Unavailable',
    message: 'The server is busy at the moment',
    oauth: 'temporarily_unavailable',
  },
};

/** A refusal as it would be answered. */
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
