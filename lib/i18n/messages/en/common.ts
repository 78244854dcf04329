/** Words of the frame around every page. */
export const common = {
  skipToContent: 'Skip to content',
  continue: 'Continue',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  dismiss: 'Dismiss',
  undo: 'Undo',
  back: 'Back',
  or: 'or',
  loading: 'Loading…',
  never: 'Never',
  showMore: 'Show more',
  clearFilters: 'Clear filters',
  notifications: 'Notifications',
  working: 'One moment…',
  menu: {
    open: 'Account menu: {name}',
    language: 'Language',
    appearance: 'Appearance',
    system: 'System',
    light: 'Light',
    dark: 'Dark',
    shortcuts: 'Keyboard shortcuts',
    shortcutsOf: { all: 'On', command: 'Only with Ctrl or ⌘' },
    console: 'Console',
    signOut: 'Sign out',
  },
  nav: {
    label: 'Profile',
    accountAndSecurity: 'Account & Security',
    accountSettings: 'Account settings',
  },
  /** Said before a notice, so that its colour is not the only sign. */
  notice: {
    info: 'Note',
    success: 'Done',
    warning: 'Please note',
    danger: 'Problem',
  },
  /** Before something is gone for good. */
  typedConfirmation: {
    field: 'Type {value} to confirm',
    mismatch: 'Type exactly {value}.',
  },
  errorSummary: 'Please check {count, plural, one {one field} other {# fields}}',
  /** The dialog before a change that needs a recent sign-in. */
  stepUp: {
    title: "Confirm it's you",
    body: 'You signed in a while ago. Confirm with your passkey, then we carry on where you left off.',
    bodyPasskeyOnly:
      "Because you are an operator, your passkey must confirm it's you. Then we carry on where you left off.",
    bodyWithoutPasskey:
      'You signed in a while ago. Confirm with a code that we mail to you, then we carry on where you left off.',
    withPasskey: 'Confirm with a passkey',
    withCode: 'Mail me a code instead',
    sendCode: 'Mail me a code',
    codeSent: 'We mailed a six-digit code to {email}.',
    code: 'Code',
    verify: 'Verify',
    resend: 'Resend',
  },
  notFound: {
    title: 'This page does not exist',
    body: 'The address may be mistyped, or what was here has gone.',
    action: 'Go to the start page',
  },
  failure: {
    title: 'Something went wrong on our side',
    body: 'It was nothing you did. Try again; if it happens once more, pass the reference on to the people who run this service.',
    reference: 'Reference',
    action: 'Try again',
    home: 'Go to the start page',
  },
} as const;
