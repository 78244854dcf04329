/** One plain sentence for each kind of event in "Recent activity"; keys are the types of audit events. */
export const activity = {
  from: 'from {device}',
  by: {
    operator: 'by an administrator',
    program: 'by a program with access to this service',
    system: 'by the service itself',
  },
  identity: {
    created: 'Account created',
    updated: 'Account settings changed',
    deleted: 'Account deleted',
    invited: 'Somebody was invited to register',
    invitation_revoked: 'An invitation to register was taken back',
    email_changed: 'Email address changed to {email}',
    address_verified: 'Email address {email} verified',
    email_change_undone: 'Your email address change was undone',
    identifier_displaced: 'Your email address now signs in to another account with the same address',
    recovery_issued: 'An administrator made a link that signs you in once',
    activated: 'Account switched on',
    deactivated: 'Account switched off',
  },
  session: {
    started:
      'Signed in {method, select, passkey {with a passkey} code {with a code from your email} link {with a link from your email} recovery {with a link or code from an administrator} setup {while setting up} other {}}',
    replaced:
      'Confirmed that it was you {method, select, passkey {with a passkey} code {with a code from your email} link {with a link from your email} other {}}',
    ended: 'Signed out {device}',
  },
  sign_in: {
    refused: 'A sign-in was refused',
  },
  /** Follows a colon. */
  passkeyRefusal: {
    malformed_response: 'the response could not be read',
    wrong_ceremony: 'the response belongs to another kind of request',
    wrong_challenge: 'the response belongs to another request',
    wrong_origin: 'it was used on another website',
    framed: 'it was used in a page embedded in another website',
    wrong_rp_id: 'it belongs to another domain',
    user_not_present: 'no one confirmed on the device',
    user_not_verified: 'the device did not check fingerprint, face or PIN',
    impossible_backup_state: 'its backup flags contradict each other',
    changed_backup_eligibility: 'its backup eligibility has changed',
    attestation_format: 'its attestation format is not accepted',
    unsupported_algorithm: 'its signature algorithm is not supported',
    unusable_key: 'its public key cannot be used',
    wrong_credential_id: 'its ID does not match',
    wrong_user: 'it belongs to another account',
    wrong_signature: 'its signature is wrong',
  },
  passkey: {
    added: 'Passkey “{name}” added',
    renamed: 'Passkey “{before}” renamed to “{name}”',
    deleted: 'Passkey “{name}” deleted',
    refused: 'A new passkey was refused',
    counter_warning: 'Passkey “{name}” behaved unusually: it may have been copied',
  },
  operator: {
    added: 'You became an operator of this service',
    invited: 'Somebody was invited as an operator',
    invitation_revoked: 'The invitation of an operator was taken back',
    role_changed:
      'Your role as an operator is now {role, select, owner {owner} admin {admin} viewer {viewer} other {another}}',
    removed: 'You are no longer an operator of {organization}',
  },
  api_credential: {
    created: 'API credential “{name}” created',
    updated: 'API credential “{name}” changed',
    rotated: 'Secret of API credential “{name}” replaced',
    revoked: 'API credential “{name}” revoked',
  },
  access_token: { revoked: 'Access token of API credential “{name}” revoked' },
  schema: { created: 'Schema “{name}” created', updated: 'New version of schema “{name}”' },
  signing_key: {
    created: 'New signing key made',
    rotated: 'Signing keys changed over',
    revoked: 'Signing key revoked',
  },
  audit_event: { purged: 'Expired audit events deleted' },
  project: {
    created: 'Project “{name}” created',
    updated: 'Settings of project “{name}” changed',
    deleted: 'Project “{name}” deleted',
  },
  organization: {
    created: 'Organization “{name}” created',
    updated: 'Organization “{name}” changed',
    deleted: 'Organization “{name}” deleted',
  },
  other: 'Something in your account changed',
} as const;
