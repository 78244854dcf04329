/** The first operator, once; and an invited one. */
export const setup = {
  title: 'Set up {project}',
  lead: 'You are the first one here. Say who you are and create a passkey; it makes you the owner of this installation.',
  first: 'First name',
  last: 'Last name',
  email: 'Email',
  emailHelp: 'Sign-in codes and security notices go here.',
  emailTaken:
    'Somebody with this address is here already. Use another one, or invite them on the terminal: npm run signet -- operator invite --email {email} --role owner',
  button: 'Create a passkey and finish',
  working: 'Waiting for your passkey…',
  needsScript: 'A passkey needs JavaScript. Allow it for this page, then load the page again.',
  done: 'Everything is set up.',
  spentTitle: 'This set-up link no longer works',
  spentBody:
    'It was used already, or the server has been started again since. The newest link is on the server’s terminal.',
  doneTitle: 'This installation is set up already',
  doneBody: 'Sign in, or ask an owner for an invitation.',
  signIn: 'Go to sign-in',
  /** Leaves no one else a way in. */
  removals: {
    title: 'For your safety, this is removed from your account:',
    passkey: 'the passkey “{name}”, added {date}',
    identifier: 'signing in with {identifier}',
  },
  invitation: {
    title: 'Join {organization}',
    lead: '{email} is invited as {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}}. Create a passkey to accept.',
    button: 'Create a passkey and join',
    signInLead: '{email} has an account here. Sign in with it first, then accept the invitation.',
    signIn: 'Sign in',
    otherPerson: 'This invitation is for {email}, but you are signed in as {current}.',
    switchPerson: 'Sign out and continue',
    mailboxLead:
      '{email} is invited as {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}}. First, confirm that you receive mail at this address.',
    sendCode: 'Send me a code',
    codeLead: 'A message with a six-digit code is on its way to {email}.',
    signInAgainLead:
      'To accept, sign in again with a code that we mail to {email}. This makes sure that only you control the account.',
    signInAgain: 'Sign in again',
    acceptLead:
      'You are invited as {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}}. From then on, you sign in with {email} and the passkey you use now. Other passkeys are removed, and other sessions end.',
    joinLead:
      'You are invited as {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}}. Create a passkey to accept. From then on, you sign in with {email}, and your other sessions end.',
    accept: 'Accept',
    spentTitle: 'This link no longer works',
    spentBody:
      'It was used already or has expired. If you have an account here, sign in; else ask an owner for a new invitation.',
  },
} as const;
