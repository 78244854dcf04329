/** Setup of the first operator, and of invited ones. */
export const setup = {
  title: 'Set up {project}',
  lead: 'Enter your details and create a passkey. You become the owner of this installation.',
  first: 'First name',
  last: 'Last name',
  email: 'Email',
  emailHelp: 'Sign-in codes and security notices go here.',
  emailTaken:
    'Someone with this address already has an account. Use another one, or invite them from the terminal: npm run signet -- operator invite --email {email} --role owner',
  button: 'Create a passkey and finish',
  working: 'Waiting for your passkey…',
  needsScript: 'Passkeys need JavaScript. Enable it for this page, then reload.',
  pending: {
    title: '{project} is not set up yet',
    lead: 'To set it up, open the link that the server printed on its terminal. A restart prints a new link.',
  },
  expiredTitle: 'This setup link no longer works',
  expiredBody: 'It was already used, or the server has been restarted. The newest link is in the server’s terminal.',
  doneTitle: 'This installation is already set up',
  doneBody: 'Sign in, or ask an owner for an invitation.',
  signIn: 'Go to sign-in',
  /** Leaves no one else a way in. */
  removals: {
    title: 'For your security, this is removed from your account:',
    passkey: 'the passkey “{name}”, added {date}',
    identifier: 'signing in with {identifier}',
  },
  invitation: {
    title: 'Join {organization}',
    lead: '{email} is invited as {role, select, owner {an owner} admin {an admin} viewer {a viewer} other {an operator}}. Create a passkey to accept.',
    button: 'Create a passkey and join',
    signInLead: '{email} already has an account here. Sign in first, then accept the invitation.',
    signIn: 'Sign in',
    otherPerson: 'This invitation is for {email}, but you are signed in as {current}.',
    switchPerson: 'Sign out and continue',
    mailboxLead:
      '{email} is invited as {role, select, owner {an owner} admin {an admin} viewer {a viewer} other {an operator}}. First, confirm that you get email at this address.',
    sendCode: 'Email me a code',
    codeLead: 'An email with a six-digit code is on its way to {email}.',
    signInAgainLead:
      'To accept, sign in again with a code that we email to {email}. This makes sure that only you control the account.',
    signInAgain: 'Sign in again',
    acceptLead:
      'You are invited as {role, select, owner {an owner} admin {an admin} viewer {a viewer} other {an operator}}. From then on, you sign in with {email} and the passkey you use now. Other passkeys are removed, and other sessions end.',
    joinLead:
      'You are invited as {role, select, owner {an owner} admin {an admin} viewer {a viewer} other {an operator}}. Create a passkey to accept. From then on, you sign in with {email}, and your other sessions end.',
    accept: 'Accept',
    expiredTitle: 'This link no longer works',
    expiredBody:
      'It was already used or has expired. If you have an account here, sign in; otherwise, ask an owner for a new invitation.',
  },
} as const;
