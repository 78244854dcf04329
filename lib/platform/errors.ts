import type { Json } from './json';

/**
 * Every refusal of the product has a code. The code is thrown once, here; its status lives in lib/http/problem.ts (a table
 * the compiler checks), its words for people in lib/i18n/messages. `message` is the English sentence programs get.
 */
const MESSAGES = {
  invalid_input: 'The request was malformed or contained invalid parameters',
  invalid_traits: 'The traits do not match the identity schema',
  unknown_schema: 'Unable to find the identity schema',
  unauthenticated: 'The request could not be authorized',
  passkey_required: 'A passkey is needed for this',
  reauthentication_required: 'A more recent authentication is needed for this',
  forbidden: 'The requested action was forbidden',
  operator_protected: 'An identity that holds an operator role cannot be changed with an access token',
  address_unverified: 'The email address of this identity is not verified',
  mailbox_unproven: 'The mailbox of this address has to be proven first',
  promotion_refused: 'This identity cannot become an operator as it is',
  removals_changed: 'What this would remove is not what was confirmed',
  last_owner: 'The last owner of an organization cannot be removed',
  default_project_protected: 'This belongs to the first project, which the settings of the installation govern',
  organization_not_empty: 'The organization still has projects',
  not_found: 'Unable to locate the resource',
  method_not_allowed: 'The method is not allowed for this resource',
  unknown_host: 'This host belongs to no project',
  unsupported_media_type: 'The request is using an unknown content type',
  payload_too_large: 'The request body is too large',
  patch_test_failed: 'A test operation of the patch failed',
  identifier_taken: 'This identity conflicts with another identity that already exists',
  external_id_taken: 'This external id is already in use by another identity',
  schema_taken: 'A schema of this id exists already',
  slug_taken: 'This name for addresses is already in use',
  origin_taken: 'This domain is already in use by another project',
  version_conflict: 'The resource was changed by somebody else in the meantime',
  precondition_failed: 'The resource has changed since it was read',
  idempotency_key_reused: 'This Idempotency-Key was used for another request',
  already_done: 'This call was carried out before, and its answer is not given twice',
  rate_limited: 'Too many requests',
  overloaded: 'The server is busy at the moment',
  inactive_identity: 'This identity is inactive',
  recovery_impossible: 'There is no recovery for this identity',
  code_wrong: 'The code is not the one that was sent',
  code_used_or_expired: 'This code can no longer be used',
  recovery_code_wrong: 'This recovery code opens nothing',
  link_used_or_expired: 'This link can no longer be used',
  invitation_used_or_expired: 'This link was used already or has expired',
  ceremony_expired: 'The passkey request has expired',
  passkey_verification_failed: 'The passkey could not be verified',
  passkey_already_registered: 'This passkey is registered already',
  passkey_unknown: 'This passkey is not known',
  too_many_passkeys: 'No more passkeys can be added',
  too_many_secrets: 'No more secrets can work at the same time',
  last_sign_in_method: 'The last way to sign in cannot be removed',
  internal: 'An internal server error occurred, please contact the system administrator',
} as const;

export type ErrorCode = keyof typeof MESSAGES;

/** A place in a JSON document and what is wrong there. `pointer` is RFC 6901, such as `/traits/name/first`. */
export type Violation = { pointer: string; message: string; keyword?: string; params?: Record<string, unknown> };

/** `base` is what the person saw, `mine` what they want, `theirs` what stands there now. */
export type Conflict = { pointer: string; base: Json; mine: Json; theirs: Json };

export type ErrorDetails = {
  /** One sentence about this very case, safe to show to the caller. */
  reason?: string;
  violations?: Violation[];
  /** Seconds, for `Retry-After`. */
  retryAfterSeconds?: number;
  /** Fields that two people changed at once: what each was, and what each wants. */
  conflicts?: Conflict[];
  /** What an earlier call made or was about. */
  resourceId?: string;
  /** How many wrong codes are still allowed. */
  triesLeft?: number;
  cause?: unknown;
};

export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
  ) {
    super(MESSAGES[code], { cause: details.cause });
  }
}

/**
 * Whether this is one of our refusals. By name, not `instanceof`: the front server and Next's build each carry a copy of
 * this module, and errors cross between them.
 */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}
