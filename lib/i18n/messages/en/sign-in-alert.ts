/** The page behind "This wasn't me" in the mail about a sign-in from a new browser. */
export const signInAlert = {
  title: 'Was this sign-in not you?',
  lead: 'This ends the sign-in at {project} that the email is about.',
  effect: 'You then sign in and see your passkeys and sessions. Delete the passkeys you do not recognize.',
  button: 'End this sign-in',
  expiredTitle: 'This link no longer works',
  expiredBody: 'The link was already used, or it has expired. Sign in to check your passkeys and sessions.',
  expiredAction: 'Sign in',
} as const;
