import type { RequestHeader, ResponseHeader } from '../routes/route';

type HeaderNote = { description: string; schema: Record<string, unknown>; example: unknown };

export const REQUEST_HEADERS: Record<RequestHeader, HeaderNote> = {
  'If-Match': {
    description: 'Change it only if it is still this version (RFC 9110 §13.1.1); else 412.',
    schema: { type: 'string' },
    example: '"2"',
  },
  'If-None-Match': {
    description:
      'Versions that are known already (RFC 9110 §13.1.2): then who reads gets 304, without a body, and who writes 412.',
    schema: { type: 'string' },
    example: '"2"',
  },
  'Idempotency-Key': {
    description:
      'A name of your own for this request. Sent again within 24 hours with the same body, it gets the first answer and nothing is done twice.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: '5f0e6c1c-9d7e-4f6e-8b53-2f0c6f6d3f61',
  },
};

export const RESPONSE_HEADERS: Record<ResponseHeader | 'X-Request-Id' | 'Cache-Control', HeaderNote> = {
  ETag: {
    description: 'The version, for If-Match and If-None-Match (RFC 9110 §8.8.3).',
    schema: { type: 'string', pattern: '^"[^"]+"$' },
    example: '"2"',
  },
  Link: {
    description:
      'Other pages of the list (RFC 8288): `first`, `prev`, `next`, `last`. Without `next` this is the last page.',
    schema: { type: 'string' },
    example: '<https://id.example.com/admin/identities?page=1&per_page=100>; rel="next"',
  },
  Location: {
    description: 'Where it is now.',
    schema: { type: 'string', format: 'uri' },
    example: 'https://id.example.com/admin/identities/019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
  },
  'X-Total-Count': {
    description: 'How many there are on all pages together.',
    schema: { type: 'integer', minimum: 0 },
    example: 1234,
  },
  'Retry-After': {
    description: 'Seconds to wait before asking again (RFC 9110 §10.2.3).',
    schema: { type: 'integer', minimum: 0 },
    example: 5,
  },
  'WWW-Authenticate': {
    description: 'How to prove who asks, and what was wrong with the proof (RFC 9110 §11.6.1, RFC 6750 §3).',
    schema: { type: 'string' },
    example: 'Bearer realm="signet", error="invalid_token"',
  },
  'Accept-Patch': {
    description: 'The media types that a patch may have (RFC 5789 §3.1).',
    schema: { type: 'string' },
    example: 'application/json, application/json-patch+json',
  },
  'Idempotency-Replayed': {
    description: 'This is the answer to an earlier call with the same `Idempotency-Key`; nothing was done now.',
    schema: { type: 'string', const: 'true' },
    example: 'true',
  },
  Pragma: {
    description: 'As RFC 6749 §5.1 asks for.',
    schema: { type: 'string', const: 'no-cache' },
    example: 'no-cache',
  },
  'X-Request-Id': {
    description: 'The id of this request, as in the log and in audit events.',
    schema: { type: 'string' },
    example: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
  },
  'Cache-Control': {
    description: 'How long the answer may be kept (RFC 9111 §5.2).',
    schema: { type: 'string' },
    example: 'no-store',
  },
};
