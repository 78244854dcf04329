/** One plain sentence for each kind of event in "Recent activity"; keys are the types of audit events. */
export const activity = {
  by: {
    operator: 'by an administrator',
    program: 'through the API',
    system: 'automatically',
  },
  identity: {
    created: 'Account created',
    updated: 'Account settings changed',
    picture_changed: 'Picture changed',
    picture_removed: 'Picture removed',
    deleted: 'Account deleted',
    invited: 'Registration invitation sent',
    invitation_revoked: 'Registration invitation revoked',
    email_changed: 'Email address changed to {email}',
    address_verified: 'Email address {email} verified',
    email_change_undone: 'Email address change undone',
    identifier_displaced: 'Your email address now signs in to an older account that uses the same address',
    recovery_issued: 'Recovery link created',
    deletion_requested: 'Account deletion requested',
    deletion_cancelled: 'Account deletion cancelled',
    activated: 'Account activated',
    deactivated: 'Account deactivated',
  },
  session: {
    started:
      'Signed in{method, select, passkey { with a passkey} code { with an email code} link { with an email link} recovery { with a recovery link or code} setup { during setup} other {}}',
    replaced:
      'Identity confirmed{method, select, passkey { with a passkey} code { with an email code} link { with an email link} other {}}',
    ended: 'Signed out {device}',
    ended_unknown: 'Signed out an unknown device',
    ended_limit: 'Signed out {device}: too many sessions',
    ended_others: 'Signed out {count, plural, one {one other session} other {# other sessions}}',
    ended_all: 'Signed out everywhere: {count, plural, one {one session} other {# sessions}}',
  },
  sign_in: {
    refused:
      '{purpose, select, step_up {Attempt to confirm your identity failed} email_change {Attempt to change the email address failed} other {Sign-in attempt failed}}',
    disowned: 'Sign-in reported as not yours, and ended',
  },
  /** Follows a colon. */
  refusal: {
    code_wrong: 'wrong code',
    inactive_identity: 'account deactivated',
    ceremony_expired: 'answered too late',
  },
  /** Follows a colon. */
  passkeyRefusal: {
    malformed_response: 'unreadable response',
    wrong_ceremony: 'response to a different kind of request',
    wrong_challenge: 'response to a different request',
    wrong_origin: 'passkey used on another website',
    framed: 'passkey used on a page embedded in another website',
    wrong_rp_id: 'passkey for another domain',
    user_not_present: 'no confirmation on the device',
    user_not_verified: 'no fingerprint, face or PIN check on the device',
    impossible_backup_state: 'contradictory backup flags',
    changed_backup_eligibility: 'changed backup eligibility',
    attestation_format: 'attestation format not accepted',
    unsupported_algorithm: 'signature algorithm not supported',
    unusable_key: 'unusable public key',
    wrong_credential_id: 'passkey ID does not match',
    wrong_user: 'passkey of another account',
    wrong_signature: 'wrong signature',
  },
  passkey: {
    invited: 'Invitation to add a passkey sent',
    added: 'Passkey “{name}” added',
    renamed: 'Passkey “{before}” renamed to “{name}”',
    deleted: 'Passkey “{name}” deleted',
    refused: 'New passkey rejected',
    counter_warning: 'Unusual use of passkey “{name}”: it may have been copied',
  },
  recovery_code: {
    created: 'Recovery codes created',
    used: 'Recovery code used: {left, plural, =0 {none left} one {one left} other {# left}}',
    revoked: 'Recovery codes deleted',
  },
  pairing: {
    started: 'Code for another device shown',
    requested: 'Another device asked to add a passkey: {device}',
    confirmed: 'Another device confirmed: {device}',
    ended: '{reason, select, refused {Another device refused} other {Code for another device cancelled}}',
  },
  operator: {
    added: 'You became an operator',
    invited: 'Operator invited',
    invitation_revoked: 'Operator invitation revoked',
    role_changed:
      'Your operator role is now {role, select, owner {owner} admin {admin} viewer {viewer} other {different}}',
    removed: 'You are no longer an operator of {organization}',
  },
  api_credential: {
    created: 'API credential “{name}” created',
    updated: 'API credential “{name}” updated',
    rotated: 'Secret of API credential “{name}” rotated',
    revoked: 'API credential “{name}” revoked',
  },
  access_token: { revoked: 'Access token of API credential “{name}” revoked' },
  schema: { created: 'Schema “{name}” created', updated: 'New version of schema “{name}”' },
  signing_key: {
    created: 'Signing key created',
    rotated: 'Signing keys rotated',
    revoked: 'Signing key revoked',
  },
  audit_event: { purged: 'Expired audit events deleted' },
  project: {
    created: 'Project “{name}” created',
    updated: 'Settings of project “{name}” updated',
    deleted: 'Project “{name}” deleted',
  },
  organization: {
    created: 'Organization “{name}” created',
    updated: 'Organization “{name}” updated',
    deleted: 'Organization “{name}” deleted',
  },
  other: 'Account changed',
} as const;
