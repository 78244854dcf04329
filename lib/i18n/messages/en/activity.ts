/** One plain sentence for each kind of event in "Recent activity"; keys are the types of audit events. */
export const activity = {
  from: 'from {device}',
  by: {
    you: 'by you',
    operator: 'by an administrator',
    program: 'by a program with access to this service',
    system: 'by the service itself',
  },
  session: {
    created: 'Signed in {method, select, passkey {with a passkey} code {with a code from your email} link {with a link from your email} setup {while setting up} other {}}',
    revoked: 'Signed out {device}',
    revoked_others: 'Signed out {count, plural, one {one other session} other {# other sessions}}',
    ended: 'Signed out',
    stepped_up: 'Confirmed it was you {method, select, passkey {with a passkey} code {with a code from your email} other {}}',
  },
  passkey: {
    created: 'Passkey “{name}” added',
    renamed: 'Passkey “{before}” renamed to “{name}”',
    deleted: 'Passkey “{name}” deleted',
    counter_warning: 'Passkey “{name}” behaved unusually: it may have been copied',
  },
  identity: {
    created: 'Account created',
    updated: 'Account settings changed',
    email_changed: 'Email address changed to {email}',
    email_verified: 'Email address {email} verified',
    activated: 'Account activated',
    deactivated: 'Account deactivated',
    exported: 'Your data downloaded',
    recovery_issued: 'Recovery link made for you',
  },
  verification: {
    failed: 'Wrong code entered',
    limited: 'Sign-in by code paused after several wrong codes; links still work',
  },
  operator: {
    created: 'You may now use the console',
    updated: 'Your role in the console changed',
    deleted: 'You may no longer use the console',
  },
  other: 'Something in your account changed',
} as const;
