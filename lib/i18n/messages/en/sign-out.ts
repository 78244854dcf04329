/** The page that asks before it signs out for an application. */
export const signOut = {
  title: 'Sign out of {project}?',
  lead: 'You are then signed out in this browser, and at the applications you opened from it.',
  leadFor:
    '{application} asks to sign you out. You are then signed out of {project} in this browser, and at the applications you opened from it.',
  invalid:
    'The application’s request does not match what is registered for it, so you are still signed in. You can sign out here; the application is not opened afterwards.',
  button: 'Sign out',
  stay: 'Stay signed in',
  doneTitle: 'You are signed out',
  doneLead: 'You are no longer signed in to {project} in this browser.',
  back: 'Back to {application}',
  signIn: 'Sign in',
} as const;
