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
  invitation: {
    title: 'Join {organization}',
    lead: '{email} is invited as {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}}. Create a passkey to accept.',
    button: 'Create a passkey and join',
    signInLead: '{email} has an account here. Sign in with it first, then accept the invitation.',
    signIn: 'Sign in',
    otherPerson: 'This invitation is for {email}, but you are signed in as {current}.',
    switchPerson: 'Sign out and continue',
    acceptLead:
      'You are invited as {role, select, owner {an owner} admin {an administrator} viewer {a viewer} other {an operator}}. Your account and your passkeys stay as they are.',
    accept: 'Accept',
    spentTitle: 'This link no longer works',
    spentBody:
      'It was used already or has expired. If you have an account here, sign in; else ask an owner for a new invitation.',
  },
} as const;
