import type { ErrorCode } from '@/lib/platform/errors';

/** What a refusal says to a person: what happened, then what to do. One per error code. */
export const errors = {
  invalid_input: 'Some of the information is not valid. Check it and try again.',
  invalid_traits: 'Some fields are not valid. Check the marked ones.',
  unknown_schema: 'This kind of profile no longer exists. Reload the page.',
  unauthenticated: 'You are no longer signed in. Sign in to continue.',
  passkey_required: 'This requires a passkey. Sign in with a passkey, or add one under Account & Security.',
  reauthentication_required: "Confirm it's you to continue.",
  forbidden: 'You don’t have permission to do this. Someone with a higher role can.',
  operator_protected: 'This person is an operator and can be changed only in the console.',
  address_unverified: 'This person has not verified their email address. Signing in with a mailed code verifies it.',
  mailbox_unproven: 'Verify this email address first.',
  promotion_refused:
    'This person cannot become an operator: the address they sign in with is in a field that is hidden from them. Change their schema first.',
  removals_changed: 'The items to be removed have changed. Review them again.',
  selection_changed: 'The selection has changed since it was counted. Check the new numbers.',
  last_owner: 'An organization needs at least one owner. Make someone else an owner first.',
  default_project_protected:
    'The first project and its organization belong to the installation. They cannot be deleted, and SIGNET_ORIGIN sets their domain.',
  organization_not_empty: 'This organization still has projects. Delete them first.',
  not_found: 'This no longer exists. Reload the page.',
  method_not_allowed: 'This address does not accept this kind of request.',
  unknown_host: 'There is no project at this address.',
  unsupported_media_type: 'This type of content is not supported.',
  payload_too_large: 'This is too large. Try again with less content.',
  patch_test_failed: 'This has changed in the meantime. Reload the page and try again.',
  identifier_taken: 'This email address is already in use. Choose another one.',
  external_id_taken: 'This external ID is already in use. Choose another one.',
  schema_taken: 'A schema with this ID already exists. Choose another one.',
  slug_taken: 'This URL name is already in use. Choose another one.',
  origin_taken: 'Another project already uses this domain. Choose another one.',
  version_conflict: 'Someone else changed this in the meantime. Reload the page and try again.',
  precondition_failed: 'Someone else changed this in the meantime. Reload the page and try again.',
  idempotency_key_reused: 'This was submitted twice with different content. Reload the page and try again.',
  already_done: 'This was already done. Reload the page to see the result.',
  rate_limited: 'Too many attempts. Try again in {minutes, plural, one {one minute} other {# minutes}}.',
  overloaded: 'The service is busy. Nothing is lost; try again in a moment.',
  inactive_identity: 'This account is deactivated. An administrator can reactivate it.',
  recovery_impossible: 'This account cannot be recovered: it is deactivated or has no email address.',
  code_wrong:
    '{triesLeft, plural, =0 {This code is incorrect. Request a new one.} one {This code is incorrect. You have one attempt left.} other {This code is incorrect. You have # attempts left.}}',
  code_used_or_expired: 'This code no longer works: it was already used or has expired. Request a new one.',
  recovery_code_wrong:
    'This code does not work: it is mistyped, already used or expired. Check it, or ask for a new one.',
  link_used_or_expired: 'This link no longer works: it was already used or has expired. Ask for a new one.',
  invitation_used_or_expired: 'This link no longer works: it was already used or has expired. Ask for a new one.',
  ceremony_expired: 'That took too long. Start again.',
  passkey_verification_failed: 'This passkey could not be verified. Try again, or sign in with your email.',
  passkey_already_registered: 'This device already has a passkey for your account.',
  passkey_unknown: 'This passkey does not belong to an account here. Sign in with your email, then add a new one.',
  too_many_passkeys: 'You have reached the maximum number of passkeys. Delete one you no longer use first.',
  too_many_secrets:
    'The maximum number of active secrets is reached. Wait until one expires, revoke one on the command line, or choose “Stops working now”.',
  last_sign_in_method: 'This is your only way to sign in. Add another passkey first.',
  internal: 'Something went wrong on our side. Try again in a moment.',

  /** What the browser finds out by itself. Only these are sent with a page. */
  browser: {
    ceremony_cancelled: 'Cancelled. Nothing was changed.',
    registration_cancelled: 'No passkey was added.',
    passkeys_unsupported: 'This browser does not support passkeys. Sign in with your email, or use another browser.',
    offline: 'You seem to be offline. Nothing is lost; try again when you are connected.',
    csrf: 'This page was open for too long. Reload it and try again.',
    passkey_already_registered: 'This device already has a passkey for your account.',
  },
} as const satisfies Record<ErrorCode, string> & { browser: Record<string, string> };
