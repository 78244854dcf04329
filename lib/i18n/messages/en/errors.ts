import type { ErrorCode } from '@/lib/platform/errors';

/** What a refusal says to a person: what is, then what to do. One entry for each code the product knows, and the browser's own. */
export const errors = {
  invalid_input: 'Something in this form cannot be used as it stands. Check it and try again.',
  invalid_traits: 'Some fields cannot be saved as they stand. Check the marked ones.',
  unknown_schema: 'This kind of profile no longer exists. Reload the page.',
  unauthenticated: 'You are no longer signed in. Sign in to go on.',
  passkey_required: 'A mailed code is not enough here. Sign in with a passkey, or add one under Account & Security.',
  reauthentication_required: 'Confirm that it is you, then this goes on.',
  forbidden: 'You may not do this. Someone with a higher role can.',
  operator_protected: 'This person is an operator and can be changed in the console only.',
  address_unverified: 'This person has not verified their email address yet. Signing in with a mailed code does that.',
  mailbox_unproven: 'First confirm that you receive mail at this address.',
  promotion_refused:
    'This person cannot become an operator: the address they sign in with is in a field hidden from them. Change their schema first.',
  removals_changed: 'What will be removed has changed. Check it again.',
  last_owner: 'An organization needs at least one owner. Make someone else an owner first.',
  default_project_protected:
    'The first project and its organization belong to the installation itself. They cannot be deleted, and their domain follows SIGNET_ORIGIN.',
  organization_not_empty: 'This organization still has projects. Delete them first.',
  not_found: 'This is no longer there. Reload the page to see how things stand.',
  method_not_allowed: 'This address does not answer that kind of request.',
  unknown_host: 'No project answers at this address.',
  unsupported_media_type: 'This kind of content is not accepted here.',
  payload_too_large: 'This is too much at once. Send less.',
  patch_test_failed: 'This changed in the meantime. Reload the page and try again.',
  identifier_taken: 'This email address is already in use. Choose another one.',
  external_id_taken: 'This external id is already in use. Choose another one.',
  schema_taken: 'There is a schema of this name already.',
  slug_taken: 'This name is already in use in an address. Choose another one.',
  origin_taken: 'Another project answers at this domain already. Choose another one.',
  version_conflict: 'Somebody changed this in the meantime. Reload the page and try again.',
  precondition_failed: 'Somebody changed this in the meantime. Reload the page and try again.',
  idempotency_key_reused: 'This was sent twice with different content. Reload the page and try again.',
  already_done: 'This was done already. Reload the page to see it.',
  rate_limited: 'Too many tries in a row. Try again in {minutes, plural, one {one minute} other {# minutes}}.',
  overloaded: 'The service is busy right now. Nothing is lost; try again in a moment.',
  inactive_identity:
    'This account is switched off at the moment. The people who run this service can switch it on again.',
  recovery_impossible: 'Nobody can sign in to this account: it is switched off, or has no email address.',
  code_wrong:
    '{triesLeft, plural, =0 {This is not the code we sent. Ask for a new one.} one {This is not the code we sent. You have one try left.} other {This is not the code we sent. You have # tries left.}}',
  code_used_or_expired: 'This code no longer works: it was used already, or its time is over. Ask for a new one.',
  recovery_code_wrong:
    'This code does not work: it is mistyped, was used already, or has expired. Check it, or ask for a new one.',
  link_used_or_expired: 'This link no longer works: it was used already, or its time is over. Ask for a new one.',
  invitation_used_or_expired: 'This link no longer works: it was used already, or its time is over. Ask for a new one.',
  ceremony_expired: 'That took a little too long. Start again.',
  passkey_verification_failed: 'This passkey could not be verified. Try again, or sign in with your email.',
  passkey_already_registered: 'This device already has a passkey for your account.',
  passkey_unknown: 'This passkey does not belong to an account here. Sign in with your email, then add a new one.',
  too_many_passkeys: 'You have as many passkeys as an account can hold. Delete one that you no longer use first.',
  too_many_secrets:
    'As many secrets as may work at the same time still do. Wait until one has ended, end one on the command line, or end them all now.',
  last_sign_in_method: 'This is your only way to sign in. Add another passkey first.',
  internal: 'Something went wrong on our side. Try again in a moment.',

  /** Known to the browser only. */
  ceremony_cancelled: 'Cancelled. Nothing was changed.',
  registration_cancelled: 'No passkey was added.',
  passkeys_unsupported: 'This browser does not support passkeys. Sign in with your email, or use another browser.',
  offline: 'You seem to be offline. Nothing is lost; try again when you are connected.',
  csrf: 'This page was open for too long. Reload it and try again.',
} as const satisfies Record<ErrorCode, string> & Record<string, string>;
