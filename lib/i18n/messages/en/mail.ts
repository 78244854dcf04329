/**
 * Plain-text mails. Code and link stand alone on their own lines, so these are only the lines between. Keys are the kinds
 * of the outbox.
 */
export const mail = {
  greeting: 'Hello {name},',
  greetingWithoutName: 'Hello,',
  signature: '{project}',
  footer: 'This message was sent to {email} because of something that happened here:',
  sign_in: {
    /** The code comes first, so that a notification shows it; short and ASCII, so that no mail program breaks it. */
    subjectWithCode: '{code} is your sign-in code',
    subject: 'Sign in to {project}',
    code: 'Your code for signing in to {project}:',
    link: 'Or open this link to sign in:',
    linkOnly: 'Open this link to sign in to {project}:',
    validity:
      'Code and link work once and for {minutes, plural, one {one minute} other {# minutes}}. The code works only in the browser where you asked for it.',
    validityLinkOnly: 'The link works once and for {minutes, plural, one {one minute} other {# minutes}}.',
    ignore:
      'You did not ask for this? Then ignore this message. Never pass the code on, not even to someone who says they are from {project}.',
    ignoreLinkOnly:
      'You did not ask for this? Then ignore this message. Never pass the link on, not even to someone who says they are from {project}.',
  },
  registration: {
    subjectWithCode: '{code} is the code for your new account',
    subject: 'Create your account at {project}',
    code: 'Your code for creating your account at {project}:',
    link: 'Or open this link to create your account:',
    linkOnly: 'Open this link to create your account at {project}:',
    validity:
      'Code and link work once and for {minutes, plural, one {one minute} other {# minutes}}. The code works only in the browser where you asked for it.',
    validityLinkOnly: 'The link works once and for {minutes, plural, one {one minute} other {# minutes}}.',
    ignore:
      'You did not ask for this? Then ignore this message and no account is created. Never pass the code on, not even to someone who says they are from {project}.',
    ignoreLinkOnly:
      'You did not ask for this? Then ignore this message and no account is created. Never pass the link on, not even to someone who says they are from {project}.',
  },
  registration_invitation: {
    subject: 'You are invited to {project}',
    body: '{inviter} invites you to create an account at {project}.',
    bodyWithoutInviter: 'You are invited to create an account at {project}.',
    link: 'Open this page and continue with the email address that this message came to:',
    validity: 'The invitation works once and until {date}.',
    ignore: 'You did not expect this? Then ignore this message.',
  },
  invitation: {
    subject: 'Your account at {project}',
    body: '{inviter} has made an account for you at {project}.',
    bodyWithoutInviter: 'An account has been made for you at {project}.',
    link: 'To sign in, open this page and continue with {email}:',
    ignore: 'You did not expect this? Then ignore this message.',
  },
  step_up: {
    subject: '{code} is your confirmation code',
    code: 'Your code for confirming that it is you:',
    validity: 'It works once and for {minutes, plural, one {one minute} other {# minutes}}.',
    ignore: 'You did not ask for this? Then someone else is using your session. Sign out all other sessions:',
  },
  email_change_code: {
    subject: '{code} confirms your new email address',
    code: 'Your code for changing your email address to {newEmail}:',
    validity: 'It works once and for {minutes, plural, one {one minute} other {# minutes}}.',
    ignore: 'You did not ask for this? Then ignore this message and nothing changes.',
  },
  invitation_code: {
    subject: '{code} is the code for your invitation',
    code: 'Your code for accepting an invitation at {project}:',
    validity:
      'It works once, for {minutes, plural, one {one minute} other {# minutes}}, and only in the browser where you asked for it.',
    ignore:
      'You did not ask for this? Then someone else has an invitation for your address. Ignore this message, and never pass the code on, not even to someone who says they are from {project}.',
  },
  operator_promoted: {
    subject: 'You are now an operator of {organization}',
    body: 'Since {date} you have been {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}} of {organization}.',
    signIn: 'You sign in with {email}. Earlier sessions, codes and links have ended.',
    removed: 'For your safety, everything that someone else could have added to your account was removed:',
    passkey: 'the passkey "{name}"',
    identifier: 'signing in with {identifier}',
    wasntYou: 'You did not expect this? Contact the owners of the service, and check your account:',
  },
  email_change_notice: {
    subject: 'Your email address at {project} was changed',
    body: 'On {date} {by, select, administrator {an administrator changed the email address of your account} other {the email address of your account was changed}} from {oldEmail} to {newEmail}. From now on, sign-in codes go to the new address.',
    bodyWithoutNew:
      'On {date} {by, select, administrator {an administrator changed the email address of your account} other {the email address of your account was changed}}. {oldEmail} no longer signs you in.',
    wasntYou:
      'This was not you? Contact the people who run {project} at once. If you are still signed in, you can see your sessions here:',
    contact: 'You did not expect this? Contact the people who run {project}.',
    undo: 'This was not you? Open this link to undo the change:',
    undoEffect:
      'The link works once and until {date}. It brings this address back, ends all sessions and removes the passkeys that were added since. If it no longer works, contact the people who run {project}.',
  },
  email_changed: {
    subject: 'Your email address at {project} was changed',
    body: 'On {date} an administrator made this the email address of your account at {project}. From now on, sign-in codes come here.',
    ignore: 'You have no account at {project}? Then someone mistyped an address. Ignore this message.',
  },
  email_change_undone: {
    subject: 'The change of your email address at {project} was undone',
    back: 'On {date} {email} became the email address of your account again. All sessions have ended{count, plural, =0 {} one {, and one passkey that had been added since the change was removed} other {, and # passkeys that had been added since the change were removed}}.',
    next: 'Sign in, and check your passkeys and your recent activity:',
    gone: 'On {date} the change of an email address to {email} was undone from the earlier address. {email} no longer signs in to that account.',
  },
  recovery_issued: {
    subject: 'A recovery link was created for your account at {project}',
    body: 'On {date} an administrator created a link and a code that sign in to your account once. They work until {end}. You receive them in person: this message does not contain them.',
    wasntYou: 'You did not ask for this? Contact the people who run {project}.',
  },
  recovery_used: {
    subject: 'Sign-in to your account at {project} with a recovery link',
    body: 'On {date} someone signed in to your account with a link or code created by an administrator.',
    wasntYou: 'This was not you? Contact the people who run {project}, and sign out all other sessions:',
  },
  passkey_added: {
    subject: 'A passkey was added to your account at {project}',
    body: 'On {date} the passkey "{name}" was added.',
    wasntYou: 'This was not you? Delete the passkey and sign out all other sessions:',
  },
  passkey_deleted: {
    subject: 'A passkey was deleted from your account at {project}',
    body: 'On {date} the passkey "{name}" was deleted. It no longer signs you in.',
    wasntYou: 'This was not you? Sign out all other sessions and check your passkeys:',
  },
  account_deleted: {
    subject: 'Your account at {project} was deleted',
    body: 'On {date} your account was deleted, together with its passkeys and sessions. This is the last message we send you.',
    wasntYou: 'This was not you? Contact the people who run {project}.',
  },
  operator_invitation: {
    subject: 'Invitation to {project}',
    body: '{inviter} invites you to help run {project} as {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}}.',
    bodyWithoutInviter:
      'You are invited to help run {project} as {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}}.',
    link: 'Open this link to accept and to create your passkey:',
    validity: 'The link works once and until {date}.',
    ignore: 'You did not expect this? Then ignore this message.',
  },
  test: {
    subject: 'Test message from {project}',
    body: 'On {date} somebody asked in the console whether mails of {project} arrive. This one did.',
  },
} as const;
