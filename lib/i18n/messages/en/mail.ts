/**
 * Emails, as text and HTML. Codes, links and facts are on lines of their own; these are the lines in between. Keys are the
 * kinds of the outbox.
 */
export const mail = {
  greeting: 'Hello {name},',
  greetingWithoutName: 'Hello,',
  linkHint: 'If the button does not work, open this link:',
  facts: { time: 'Time', device: 'Device', address: 'IP address', place: 'Place' },
  device: '{browser} on {system}',
  unknownDevice: 'Unknown device',
  buttons: {
    signIn: 'Sign in',
    createAccount: 'Create account',
    acceptInvitation: 'Accept invitation',
    checkAccount: 'Check your account',
    checkSessions: 'Check your sessions',
    undo: 'Undo the change',
    addPasskey: 'Add a passkey',
  },
  footer: 'This email was sent to {email} because of activity at:',
  sign_in: {
    /** The code comes first, so that a notification shows it; short and ASCII, so that no mail program breaks it. */
    subjectWithCode: '{code} is your sign-in code',
    subject: 'Sign in to {project}',
    code: 'Your code to sign in to {project}:',
    link: 'Or open this link to sign in:',
    button: 'Sign in',
    linkOnly: 'Open this link to sign in to {project}:',
    validity:
      'The code and link work once, for {minutes, plural, one {one minute} other {# minutes}}. The code works only in the browser where you requested it.',
    validityLinkOnly: 'The link works once, for {minutes, plural, one {one minute} other {# minutes}}.',
    ignore:
      'If you did not request this, ignore this email. Never share the code, not even with someone who claims to be from {project}.',
    ignoreLinkOnly:
      'If you did not request this, ignore this email. Never share the link, not even with someone who claims to be from {project}.',
  },
  registration: {
    subjectWithCode: '{code} is your code for a new account',
    subject: 'Create your account at {project}',
    code: 'Your code to create an account at {project}:',
    link: 'Or open this link to create your account:',
    button: 'Create account',
    linkOnly: 'Open this link to create your account at {project}:',
    validity:
      'The code and link work once, for {minutes, plural, one {one minute} other {# minutes}}. The code works only in the browser where you requested it.',
    validityLinkOnly: 'The link works once, for {minutes, plural, one {one minute} other {# minutes}}.',
    ignore:
      'If you did not request this, ignore this email; no account is created. Never share the code, not even with someone who claims to be from {project}.',
    ignoreLinkOnly:
      'If you did not request this, ignore this email; no account is created. Never share the link, not even with someone who claims to be from {project}.',
  },
  registration_invitation: {
    subject: 'You are invited to {project}',
    body: '{inviter} invited you to create an account at {project}.',
    bodyWithoutInviter: 'You are invited to create an account at {project}.',
    link: 'Open this page and continue with the email address this message was sent to:',
    validity: 'The invitation works once, until {date}.',
    ignore: 'If you did not expect this, ignore this email.',
  },
  invitation: {
    subject: 'Your account at {project}',
    body: '{inviter} created an account for you at {project}.',
    bodyWithoutInviter: 'An account was created for you at {project}.',
    link: 'To sign in, open this page and continue with {email}:',
    ignore: 'If you did not expect this, ignore this email.',
  },
  step_up: {
    subject: '{code} is your confirmation code',
    code: 'Your code to confirm that it is you:',
    validity: 'The code works once, for {minutes, plural, one {one minute} other {# minutes}}.',
    ignore: 'If you did not request this, someone else may be using your session. Sign out all other sessions:',
  },
  email_change_code: {
    subject: '{code} confirms your new email address',
    code: 'Your code to change your email address to {newEmail}:',
    validity: 'The code works once, for {minutes, plural, one {one minute} other {# minutes}}.',
    ignore: 'If you did not request this, ignore this email; nothing changes.',
  },
  invitation_code: {
    subject: '{code} is your invitation code',
    code: 'Your code to accept an invitation at {project}:',
    validity:
      'The code works once, for {minutes, plural, one {one minute} other {# minutes}}, only in the browser where you requested it.',
    ignore:
      'If you did not request this, someone else has an invitation for your address. Ignore this email. Never share the code, not even with someone who claims to be from {project}.',
  },
  webhook_disabled: {
    subject: 'Webhook of {project} switched off',
    body: '{reason, select, gone {The receiver at {host} answered that it is gone (410), so the webhook of {project} was switched off.} other {For three days, no request of the webhook of {project} to {host} succeeded, so it was switched off.}}',
    log: 'Events are not recorded for it while it is off. Its log shows what was answered:',
    button: 'Open webhook',
  },
  operator_promoted: {
    subject: 'You are now an operator of {organization}',
    body: 'You are now {role, select, owner {an owner} admin {an admin} viewer {a viewer} other {an operator}} of {organization}.',
    signIn: 'You now sign in with {email}. Earlier sessions, codes and links have ended.',
    removed: 'For your security, everything that someone else could have added to your account was removed:',
    passkey: 'the passkey "{name}"',
    identifier: 'signing in with {identifier}',
    wasntYou: 'If you did not expect this, contact an owner of {organization} and check your account:',
  },
  email_change_notice: {
    subject: 'Your email address at {project} was changed',
    body: '{by, select, administrator {An administrator changed the email address of your account} other {The email address of your account was changed}} from {oldEmail} to {newEmail}. Sign-in codes now go to the new address.',
    bodyWithoutNew:
      '{by, select, administrator {An administrator changed the email address of your account} other {The email address of your account was changed}}. {oldEmail} no longer signs you in.',
    wasntYou:
      'If this was not you, contact {project} immediately. If you are still signed in, check your sessions here:',
    contact: 'If you did not expect this, contact {project}.',
    undo: 'If this was not you, open this link to undo the change:',
    undoEffect:
      'The link works once, until {date}. It restores this address, ends all sessions and removes passkeys added since the change. If it no longer works, contact {project}.',
  },
  email_changed: {
    subject: 'Your email address at {project} was changed',
    body: 'An administrator made this the email address of your account at {project}. Sign-in codes now come here.',
    ignore: 'If you have no account at {project}, someone mistyped an address. Ignore this email.',
  },
  email_change_undone: {
    subject: 'Your email address change at {project} was undone',
    back: '{email} is the email address of your account again. All sessions were ended{count, plural, =0 {} one {, and one passkey added since the change was removed} other {, and # passkeys added since the change were removed}}.',
    next: 'Sign in, and check your passkeys and recent activity:',
    gone: 'The change of an email address to {email} was undone from the previous address. {email} no longer signs in to that account.',
  },
  recovery_issued: {
    subject: 'A recovery link was created for your account at {project}',
    body: 'An administrator created a link and a code that each sign in to your account once, until {end}. You get them from the administrator; this email does not contain them.',
    wasntYou: 'If you did not ask for this, contact {project}.',
  },
  recovery_used: {
    subject: 'Sign-in to your account at {project} with a recovery link',
    body: 'Someone signed in to your account with a recovery link or code from an administrator.',
    wasntYou: 'If this was not you, contact {project} and sign out all other sessions:',
  },
  new_sign_in: {
    subject: 'New sign-in to your account at {project}',
    body: 'Someone signed in to your account at {project} {method, select, passkey {with a passkey} code {with an email code} link {with an email link} other {}}, in a browser that was not used with your account before.',
    wasYou: 'If this was you, there is nothing to do.',
    wasntYou: 'If this was not you, end this sign-in and check your passkeys:',
    button: 'This wasn’t me',
    effect: 'The link works once, until {date}. It shows what happens before anything changes.',
  },
  passkey_invitation: {
    subject: 'Add a passkey to your account at {project}',
    none: 'Your account at {project} has no passkey yet. With a passkey you sign in by fingerprint, face or screen lock, without waiting for a code.',
    oneDevice:
      'Your account at {project} has one passkey, and it is on one device only. Add another one, on another device or in a password manager, so that you can still sign in with a passkey if you lose that device.',
    ignore: 'If you do not want another passkey, ignore this email. Nothing changes in your account at {project}.',
  },
  passkey_added: {
    subject: 'A passkey was added to your account at {project}',
    body: 'The passkey "{name}" was added to your account.',
    paired: 'It was created on another device, which was confirmed in a session of yours.',
    wasntYou: 'If this was not you, delete the passkey and sign out all other sessions:',
  },
  passkey_deleted: {
    subject: 'A passkey was deleted from your account at {project}',
    body: 'The passkey "{name}" was deleted from your account. It no longer signs you in.',
    wasntYou: 'If this was not you, sign out all other sessions and check your passkeys:',
  },
  recovery_codes: {
    created: {
      subject: 'New recovery codes for your account at {project}',
      body: '{count, plural, one {One recovery code was} other {# recovery codes were}} created for your account. Earlier codes no longer work. Each new code signs you in once.',
      wasntYou: 'If this was not you, sign out all other sessions and delete the codes:',
    },
    used: {
      subject: 'A recovery code was used for your account at {project}',
      body: 'Someone signed in to your account with one of your recovery codes. {count, plural, =0 {No code remains. Create new ones.} one {One code remains.} other {# codes remain.}}',
      wasntYou: 'If this was not you, sign out all other sessions and create new codes:',
      endSignIn: 'If this was not you, end this sign-in, then create new codes in your account:',
    },
    revoked: {
      subject: 'The recovery codes of your account at {project} were deleted',
      body: 'The recovery codes of your account were deleted. They no longer sign you in.',
      wasntYou: 'If this was not you, sign out all other sessions and check your passkeys:',
    },
  },
  account_deletion_requested: {
    subject: 'Your account at {project} will be deleted',
    body: 'You asked to delete your account at {project}. You are signed out everywhere. The account and everything stored about you will be deleted on {date}.',
    keep: 'To keep your account, sign in before then. Signing in cancels the deletion:',
    wasntYou:
      'If this was not you, sign in, then check your passkeys and sessions. If you cannot sign in, contact {project}.',
  },
  account_kept: {
    subject: 'Your account at {project} is kept',
    body: '{reason, select, sign_in {You signed in, so your account at {project} will not be deleted.} administrator {An administrator cancelled the deletion of your account at {project}.} other {Your email address change was undone, so your account at {project} will not be deleted either.}}',
    wasntYou: 'If this was not you, check your passkeys and sessions:',
  },
  account_deleted: {
    subject: 'Your account at {project} was deleted',
    body: 'Your account was deleted, together with its passkeys and sessions. This is the last email we send you.',
    bodyRestorable:
      'Your account was deleted, and its sessions were ended. It can be restored with its passkeys until {date}; after that it is deleted permanently, and no further email is sent.',
    wasntYou: 'If this was not you, contact {project}.',
  },
  account_restored: {
    subject: 'Your account at {project} was restored',
    body: 'Your deleted account was restored. You can sign in again as before. Sessions, recovery codes and links from before the deletion no longer work.',
    wasntYou: 'If you want your account deleted, contact {project}.',
  },
  operator_invitation: {
    subject: 'Invitation to manage {project}',
    body: '{inviter} invited you to manage {project} as {role, select, owner {an owner} admin {an admin} viewer {a viewer} other {an operator}}.',
    bodyWithoutInviter:
      'You are invited to manage {project} as {role, select, owner {an owner} admin {an admin} viewer {a viewer} other {an operator}}.',
    link: 'Open this link to accept and create your passkey:',
    validity: 'The link works once, until {date}.',
    ignore: 'If you did not expect this, ignore this email.',
  },
  test: {
    subject: 'Test email from {project}',
    body: 'This test email was requested in the console. Email from {project} is delivered.',
  },
} as const;
