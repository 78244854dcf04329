import { STATUS_CODES } from 'node:http';
import { isOutage, outageCode } from '@/lib/platform/db/violations';
import { recordImpairment } from '@/lib/platform/db/writable';
import { AppError, type ErrorCode, isAppError } from '@/lib/platform/errors';
import { errorFields, type Fields, log } from '@/lib/platform/log';
import { logOutage } from '@/lib/platform/outage-log';
import type { Answer, AnswerHeaders } from './answer';

/** The status of every refusal. The compiler requires one for each code. */
export const STATUS = {
  invalid_input: 400,
  invalid_traits: 400,
  unknown_schema: 400,
  unauthenticated: 401,
  passkey_required: 403,
  reauthentication_required: 403,
  forbidden: 403,
  operator_protected: 403,
  address_unverified: 409,
  mailbox_unproven: 403,
  promotion_refused: 409,
  removals_changed: 409,
  last_owner: 409,
  default_project_protected: 409,
  organization_not_empty: 409,
  not_found: 404,
  method_not_allowed: 405,
  unknown_host: 421,
  unsupported_media_type: 415,
  payload_too_large: 413,
  patch_test_failed: 409,
  identifier_taken: 409,
  external_id_taken: 409,
  restore_conflict: 409,
  schema_taken: 409,
  schema_in_use: 409,
  schema_changed: 409,
  default_schema_protected: 409,
  group_taken: 409,
  slug_taken: 409,
  origin_taken: 409,
  version_conflict: 409,
  undo_conflict: 409,
  undo_impossible: 409,
  precondition_failed: 412,
  idempotency_key_reused: 422,
  already_done: 409,
  job_undo_impossible: 409,
  selection_changed: 409,
  rate_limited: 429,
  overloaded: 503,
  inactive_identity: 403,
  recovery_impossible: 400,
  code_wrong: 400,
  code_used_or_expired: 400,
  recovery_code_wrong: 400,
  recovery_codes_off: 403,
  pairing_code_wrong: 400,
  pairing_ended: 400,
  request_ended: 400,
  link_used_or_expired: 400,
  invitation_used_or_expired: 400,
  ceremony_expired: 400,
  passkey_verification_failed: 400,
  passkey_already_registered: 409,
  passkey_unknown: 404,
  too_many_passkeys: 400,
  too_many_secrets: 409,
  too_many_webhooks: 409,
  webhook_off: 409,
  last_sign_in_method: 400,
  internal: 500,
} satisfies Record<ErrorCode, number>;

/**
 * Maps any thrown value to a refusal. Database trouble is `overloaded`, anything unexpected `internal`. Both are logged
 * with the request's ID and its place, the former at most once a second. Never retried here: whether a COMMIT without
 * an answer took effect is unknown.
 */
export function toAppError(error: unknown, requestId: string, place: Fields = {}): AppError {
  if (isAppError(error)) {
    if (error.code === 'overloaded' && error.cause !== undefined) reportDatabase(error.cause, requestId, place);
    return error;
  }
  if (isOutage(error)) {
    reportDatabase(error, requestId, place);
    return new AppError('overloaded', { cause: error, retryAfterSeconds: 5 });
  }
  log.error('unexpected error', { request_id: requestId, ...place, ...errorFields(error) });
  return new AppError('internal', { cause: error });
}

function reportDatabase(error: unknown, requestId: string, place: Fields): void {
  recordImpairment(error);
  logOutage(outageCode(error), { request_id: requestId, ...place, ...errorFields(error) });
}

/** A refusal in the admin API's shape, which is that of Ory's herodot. */
export function toProblem(error: AppError, requestId: string) {
  const status = STATUS[error.code];
  const { reason, violations, resourceId, undoConflicts, undoObstacle } = error.details;
  const details = {
    ...(undoConflicts && { conflicts: undoConflicts.map(({ eventId, ...field }) => ({ ...field, event: eventId })) }),
    ...(undoObstacle && { obstacle: undoObstacle }),
    ...(violations !== undefined && { violations }),
    ...(resourceId !== undefined && { resource_id: resourceId }),
  };
  return {
    code: status,
    status: STATUS_CODES[status] ?? 'Error',
    request: requestId,
    ...(reason !== undefined && { reason }),
    ...(Object.keys(details).length > 0 && { details }),
    message: error.message,
  };
}

/** The error envelope of the admin API. */
export function problemAnswer(error: AppError, requestId: string, headers: AnswerHeaders = {}): Answer {
  const { retryAfterSeconds } = error.details;
  const problem = toProblem(error, requestId);
  return {
    status: problem.code,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-request-id': requestId,
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
    body: JSON.stringify({ error: problem }),
  };
}
