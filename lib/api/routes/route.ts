import type { z } from 'zod';
import type { Declaration } from '../handle';
import type { RouteName } from '../policy';

/**
 * What the API's document says of one call beside what the code already says: words, examples, answers. The rest is taken from
 * where it is enforced: the request from the schemas that `handle` parses with, the scope from the policy.
 */
export type Operation = {
  /** Kratos' name of the call where Kratos has it, so that clients made from either document look alike. */
  id: string;
  tag: TagName;
  summary: string;
  description?: string;
  /** Words for the names in the path and in the query. */
  parameters?: Record<string, ParameterNote>;
  requestHeaders?: RequestHeader[];
  /** Examples of the body, by name; or of a form, where the body is one. */
  examples?: Record<string, { summary: string; value: unknown }>;
  /** The fields of a form. Forms are read by hand, in the order that RFC 6749 wants; JSON bodies come from `handle`. */
  form?: z.ZodType;
  answers: Record<number, Answer>;
  /** The refusals of this call's own, beside those that follow from what it is. */
  refusals?: Partial<Record<RefusalStatus, string>>;
};

export type ParameterNote = { description: string; example?: unknown; schema?: Record<string, unknown> };

export type Answer = {
  description: string;
  body?: z.ZodType;
  /** Default `application/json`. */
  mediaType?: string;
  /** A question mark behind the name: not in every such answer. */
  headers?: (ResponseHeader | `${ResponseHeader}?`)[];
  example?: unknown;
};

export type RequestHeader = 'If-Match' | 'If-None-Match' | 'Idempotency-Key';
export type ResponseHeader =
  | 'ETag'
  | 'Link'
  | 'Location'
  | 'X-Total-Count'
  | 'Retry-After'
  | 'WWW-Authenticate'
  | 'Accept-Patch'
  | 'Idempotency-Replayed'
  | 'Pragma';
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 421 | 422 | 429 | 500 | 503;

/** What is said of the calls of one file; the ones of the admin API carry the names of the policy. */
export type Operations = Record<string, Operation>;
export type AdminOperations = Partial<Record<RouteName, Operation>>;

/** Route files by their public path. */
export type Routes = Record<string, Partial<Record<string, { declared?: Declaration<z.ZodType, z.ZodType> }>>>;

export const TAGS = {
  identities: 'Users: their traits, addresses and state.',
  sessions: 'Sign-in sessions.',
  credentials: 'Passkeys that identities sign in with.',
  recovery: 'Recovery links and codes for people who can no longer sign in.',
  schemas: 'JSON Schemas that define the traits of identities.',
  audit: 'Audit events: what happened, when, and who did it.',
  oauth2: 'Access tokens for programs (RFC 6749, 7662, 7009).',
  discovery: 'Well-known documents for clients and password managers.',
  operation: 'Health probes and the API description.',
} as const;
export type TagName = keyof typeof TAGS;
