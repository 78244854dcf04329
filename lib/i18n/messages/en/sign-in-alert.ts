/** The page behind "This wasn't me" in the mail about a sign-in from a new browser. */
export const signInAlert = {
  title: 'End this sign-in?',
  lead: 'This ends the sign-in at {project} that the email is about.',
  effect:
    'Then sign in, check your sessions, and delete any passkeys you do not recognize. If a recovery code was used, create new ones.',
  button: 'End this sign-in',
  expiredTitle: 'This link no longer works',
  expiredBody: 'The link was already used, or it has expired. Sign in to check your passkeys and sessions.',
  expiredAction: 'Sign in',
} as const;
