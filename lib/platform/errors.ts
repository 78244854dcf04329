import type { Json } from './json';

/**
 * Every refusal of the product has a code. Its status is in lib/http/problem.ts (a table the compiler checks), its
 * words for people in lib/i18n/messages. `message` is the English sentence for programs.
 */
const MESSAGES = {
  invalid_input: 'The request was malformed or contained invalid parameters',
  invalid_traits: 'The traits do not match the identity schema',
  unknown_schema: 'Unable to find the identity schema',
  unauthenticated: 'The request could not be authorized',
  passkey_required: 'A passkey is required',
  reauthentication_required: 'A more recent authentication is required',
  forbidden: 'The requested action was forbidden',
  operator_protected: 'An identity that holds an operator role cannot be changed with an access token',
  address_unverified: 'The email address of this identity is not verified',
  mailbox_unproven: 'The email address must be verified first',
  promotion_refused: 'This identity is not eligible to become an operator',
  removals_changed: 'The items to be removed have changed since they were confirmed',
  job_undo_impossible: 'This job cannot be undone',
  selection_changed: 'The selected identities have changed since they were counted',
  last_owner: 'An organization must keep at least one owner',
  default_project_protected: 'The first project and its organization are managed by the installation settings',
  organization_not_empty: 'The organization still has projects',
  not_found: 'Unable to locate the resource',
  method_not_allowed: 'The method is not allowed for this resource',
  unknown_host: 'This host does not belong to a project',
  unsupported_media_type: 'The request is using an unknown content type',
  payload_too_large: 'The request body is too large',
  patch_test_failed: 'A test operation of the JSON Patch failed',
  identifier_taken: 'This identity conflicts with another identity that already exists',
  external_id_taken: 'Another identity already uses this external ID',
  restore_conflict: 'The identity cannot be restored without changes',
  schema_taken: 'A schema with this ID already exists',
  schema_in_use: 'Identities still use this schema',
  schema_changed: 'The schema has changed since the impact was determined',
  default_schema_protected: 'The default schema cannot be deleted',
  group_taken: 'A group with this name already exists',
  slug_taken: 'This slug is already in use',
  origin_taken: 'Another project already uses this domain',
  version_conflict: 'The resource was changed by another request',
  undo_conflict: 'Fields of this change were changed again later',
  undo_impossible: 'This change cannot be undone',
  precondition_failed: 'The resource has changed since it was read',
  idempotency_key_reused: 'This Idempotency-Key was already used for a different request',
  already_done: 'This request was already carried out, and its response is returned only once',
  rate_limited: 'Too many requests',
  overloaded: 'The server is temporarily unavailable',
  inactive_identity: 'This identity is inactive',
  recovery_impossible: 'This identity cannot be recovered',
  code_wrong: 'The code is incorrect',
  code_used_or_expired: 'This code was already used or has expired',
  recovery_code_wrong: 'This recovery code is not valid',
  recovery_codes_off: 'Recovery codes are switched off in this project',
  pairing_code_wrong: 'No device shows this code',
  pairing_ended: 'This request has ended',
  request_ended: 'This sign-in at an application has ended',
  link_used_or_expired: 'This link was already used or has expired',
  invitation_used_or_expired: 'This invitation was already used or has expired',
  ceremony_expired: 'The passkey request has expired',
  passkey_verification_failed: 'The passkey could not be verified',
  passkey_already_registered: 'This passkey is already registered',
  passkey_unknown: 'Unknown passkey',
  too_many_passkeys: 'The maximum number of passkeys is reached',
  too_many_secrets: 'The maximum number of active secrets is reached',
  too_many_webhooks: 'The maximum number of webhooks is reached',
  webhook_off: 'This webhook is switched off',
  last_sign_in_method: 'The last sign-in method cannot be removed',
  internal: 'An internal server error occurred, please contact the system administrator',
} as const;

export type ErrorCode = keyof typeof MESSAGES;

/** A location in a JSON document and its fault. `pointer` is RFC 6901, such as `/traits/name/first`. */
export type Violation = { pointer: string; message: string; keyword?: string; params?: Record<string, unknown> };

/** `base` is the value the person saw, `mine` the one they submit, `theirs` the current one. */
export type Conflict = { pointer: string; base: Json; mine: Json; theirs: Json };

/** A field of a change that cannot be undone. `eventId`: the later change, or null if it is not recorded. */
export type UndoConflict = { pointer: string; before: Json; after: Json; now: Json; eventId: string | null };

/**
 * Why a change cannot be undone. `kind`: changes of this kind are final; `erased`: its values were erased; `undone`: it
 * was undone already; `unchanged`: all fields have their former values; `gone`: what it changed was removed.
 */
export const UNDO_OBSTACLES = ['kind', 'erased', 'undone', 'unchanged', 'gone'] as const;
export type UndoObstacle = (typeof UNDO_OBSTACLES)[number];

export type ErrorDetails = {
  /** The specific cause in one sentence, safe to return to the caller. */
  reason?: string;
  violations?: Violation[];
  /** Seconds, for `Retry-After`. */
  retryAfterSeconds?: number;
  /** Fields that two people changed concurrently. */
  conflicts?: Conflict[];
  undoConflicts?: UndoConflict[];
  undoObstacle?: UndoObstacle;
  /** ID of the resource that an earlier request created or changed. */
  resourceId?: string;
  /** Remaining attempts at a code. */
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
 * Whether this is one of our refusals. By name, not `instanceof`: the front server and Next's build each carry a copy
 * of this module, and errors cross between them.
 */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}
