import type { RequestHeader, ResponseHeader } from '../routes/route';

type HeaderNote = { description: string; schema: Record<string, unknown>; example: unknown };

export const REQUEST_HEADERS: Record<RequestHeader, HeaderNote> = {
  'If-Match': {
    description: 'Apply the change only if the ETag still matches (RFC 9110 §13.1.1); otherwise 412.',
    schema: { type: 'string' },
    example: '"2"',
  },
  'If-None-Match': {
    description: 'If the ETag matches (RFC 9110 §13.1.2), GET returns 304 without a body; writes return 412.',
    schema: { type: 'string' },
    example: '"2"',
  },
  'Idempotency-Key': {
    description:
      'A unique key for this request. Repeating the same request within 24 hours returns the first response and changes nothing.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: '5f0e6c1c-9d7e-4f6e-8b53-2f0c6f6d3f61',
  },
};

export const RESPONSE_HEADERS: Record<ResponseHeader | 'X-Request-Id' | 'Cache-Control', HeaderNote> = {
  ETag: {
    description: 'The version of the resource, for If-Match and If-None-Match (RFC 9110 §8.8.3).',
    schema: { type: 'string', pattern: '^"[^"]+"$' },
    example: '"2"',
  },
  Link: {
    description:
      'Links to other pages (RFC 8288): `first`, `prev`, `next`, `last`. The last page has no `next`; `last` is absent when a filter matches more than 10,000 items.',
    schema: { type: 'string' },
    example: '<https://id.example.com/admin/identities?page=1&per_page=100>; rel="next"',
  },
  Location: {
    description: 'URL of the created resource, or the redirect target.',
    schema: { type: 'string', format: 'uri' },
    example: 'https://id.example.com/admin/identities/019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
  },
  'X-Total-Count': {
    description: 'Total number of items on all pages; absent when a filter matches more than 10,000.',
    schema: { type: 'integer', minimum: 0 },
    example: 1234,
  },
  'Retry-After': {
    description: 'Seconds to wait before retrying (RFC 9110 §10.2.3).',
    schema: { type: 'integer', minimum: 0 },
    example: 5,
  },
  'WWW-Authenticate': {
    description:
      'The required authentication, and why the credentials sent were rejected (RFC 9110 §11.6.1, RFC 6750 §3).',
    schema: { type: 'string' },
    example: 'Bearer realm="signet", error="invalid_token"',
  },
  'Accept-Patch': {
    description: 'Accepted media types for PATCH (RFC 5789 §3.1).',
    schema: { type: 'string' },
    example: 'application/json, application/json-patch+json',
  },
  'Idempotency-Replayed': {
    description:
      'The response repeats that of an earlier request with the same `Idempotency-Key`; nothing was changed.',
    schema: { type: 'string', const: 'true' },
    example: 'true',
  },
  Pragma: {
    description: 'Required by RFC 6749 §5.1.',
    schema: { type: 'string', const: 'no-cache' },
    example: 'no-cache',
  },
  'X-Request-Id': {
    description: 'The request ID, as in the server log and in audit events.',
    schema: { type: 'string' },
    example: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
  },
  'Cache-Control': {
    description: 'How the response may be cached (RFC 9111 §5.2).',
    schema: { type: 'string' },
    example: 'no-store',
  },
};
