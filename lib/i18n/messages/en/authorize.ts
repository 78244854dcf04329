/** Signing in to applications: what the sign-in pages say besides, consent, and refusals. */
export const authorize = {
  signInLead: 'to continue to {application}',
  confirmTitle: 'Confirm it’s you',
  confirmLead: '{application} asks you to sign in again.',
  notYou: 'Not you? Use another account',
  ended: {
    title: 'This sign-in has ended',
    lead: 'It was finished already, or took longer than ten minutes. Go back to the application and start again.',
    open: 'Open {application}',
  },
  other: {
    title: 'You are signed in',
    lead: 'Go back to the window where you began to sign in to {application}.',
  },
  leave: {
    title: 'You are signed in',
    lead: 'You are taken to {application}.',
    link: 'Continue to {application}',
  },
  consent: {
    title: 'Allow {application} to sign you in?',
    lead: 'You are signed in to {project} as {name}.',
    learns: '{application} learns this about you',
    identifier: 'Account ID',
    offline: 'It may renew your sign-in while you are away, until you remove its access.',
    foreign: 'This application is outside of {project}. You will be taken to {host}.',
    own: 'You will be taken to {host}.',
    native: 'The answer goes to a program on this device ({host}). Allow it only if you have just started it yourself.',
    allow: 'Allow',
    cancel: 'Cancel',
    verified: '{email} (verified)',
    unverified: '{email} (not verified)',
  },
  refused: {
    title: 'You may not use {application}',
    lead: 'You are signed in as {name}. This account is not among those who may use it. Ask your administrator.',
    back: 'Back to {application}',
  },
  claims: {
    name: 'Name',
    given_name: 'First name',
    family_name: 'Last name',
    preferred_username: 'User name',
    locale: 'Language',
    updated_at: 'Last change of your details',
    email: 'Email address',
    groups: 'Groups',
    picture: 'Picture',
  },
  faults: {
    unknown_application:
      'The application that sent you here is not registered. Go back, and contact its administrator.',
    application_disabled: 'This application is disabled. Contact its administrator.',
    redirect_uri_missing: 'The application did not say where to take you afterwards. Contact its administrator.',
    redirect_uri_unknown:
      'The application asked to take you to an address that is not registered for it. Contact its administrator.',
    request_expired: 'This sign-in has ended. Go back to the application and start again.',
    other_browser: 'This sign-in began in another browser. Go back to the application and start again.',
    notNavigated: 'This address can only be opened by a browser.',
  },
} as const;
