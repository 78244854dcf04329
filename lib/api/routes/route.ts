import type { z } from 'zod';
import type { Scope } from '@/lib/token/model';

/** One row of the table of routes: who may call the route, and what the OpenAPI document says about it. */
export type RouteRow = Access & (Operation | Undocumented) & { dryRun?: DryRun };
/** A row of the admin API that writes decides whether it has a dry run. */
type WritingRow = RouteRow & ({ scope: Scope; dryRun: DryRun } | { scope?: undefined });
/** Rows by method and public template, such as `GET /admin/identities/{id}`. */
export type RouteRows = Record<`GET /${string}`, RouteRow> & Record<`${Exclude<Method, 'GET'>} /${string}`, WritingRow>;
/** In the order of `Allow`. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** What a call that writes does with `dry_run=true`. A call without this answers 400. */
export type DryRun =
  /**
   * The edge answers: it runs the handler in transactions that are rolled back, and returns the events they record and
   * what ends. `members` of the handler's own response are returned too; their fields are those of a dry run.
   */
  | { members: Record<string, z.ZodType> }
  /** The handler answers itself, with this body, where its `isDryRun` is true: its effect comes later, by a job. */
  | { body: z.ZodType; example?: unknown }
  /** The call has no dry run, and why. */
  | { refused: string };

/** The usual dry run. */
export const DRY_RUN: DryRun = { members: {} };

/**
 * Who may call a route. The handler proves it: `handle`, `handlePublic` and `handleOAuth` each accept their own rows
 * only.
 */
export type Access =
  | {
      /** Needs an access token with this scope (RFC 6750). */
      scope: Scope;
      access?: undefined;
    }
  | {
      /**
       * `public`: anyone, without credentials. `client`: an API credential that authenticates itself (RFC 6749 §2.3).
       * `token`: a person's access token, which an application sends (RFC 6750).
       * `person`: a person's browser, sent by an application; the session's cookie identifies the person.
       * `operations`: answered by the front server on every host, before a project is found.
       */
      access: 'public' | 'client' | 'token' | 'person' | 'operations';
      scope?: undefined;
    };

/** A route that the OpenAPI document leaves out, and why. */
export type Undocumented = { undocumented: string };

/**
 * The texts of a route: descriptions, examples, responses. The document takes the rest from where it is enforced: the
 * request from the schemas that `handle` parses with, the scope from the row.
 */
export type Operation = {
  undocumented?: undefined;
  /** Kratos' operation ID where it has this call, so that clients generated from either document match. */
  id: string;
  tag: TagName;
  summary: string;
  description?: string;
  /** Descriptions of path and query parameters. */
  parameters?: Record<string, ParameterNote>;
  requestHeaders?: RequestHeader[];
  /** Examples of the body or form, by name. */
  examples?: Record<string, { summary: string; value: unknown }>;
  /**
   * The fields of a form. OAuth handlers read forms themselves, in the order of RFC 6749; JSON bodies come from
   * `handle`.
   */
  form?: z.ZodType;
  answers: Record<number, DocumentedResponse>;
  /** Refusals specific to this route, besides those that its kind implies. */
  refusals?: Partial<Record<RefusalStatus, string>>;
};

export type ParameterNote = { description: string; example?: unknown; schema?: Record<string, unknown> };

export type DocumentedResponse = {
  description: string;
  body?: z.ZodType;
  /** One of them is sent. Default: `application/json`. */
  mediaTypes?: readonly string[];
  /** Instead of `body`: a file of one of these media types. */
  file?: readonly string[];
  /** With a question mark: not in every such response. */
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

export const TAGS = {
  identities: 'Users: their traits, addresses and state.',
  sessions: 'Sign-in sessions.',
  credentials: 'Passkeys that identities sign in with.',
  recovery: 'Recovery links and codes for people who can no longer sign in.',
  applications: 'Applications that people sign in to with OpenID Connect.',
  groups: 'Groups of identities: who may use an application, and the claim `groups`.',
  schemas: 'JSON Schemas that define the traits of identities.',
  jobs: 'Work on many identities: progress, result and undo.',
  audit: 'Audit events: what happened, when, and who did it.',
  webhooks: 'URLs that are sent the events of the project (Standard Webhooks).',
  oauth2: 'Access tokens for programs (RFC 6749, 7662, 7009).',
  discovery: 'Well-known documents for clients and password managers.',
  operation: 'Health probes and the API description.',
} as const;
export type TagName = keyof typeof TAGS;
