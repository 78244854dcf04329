/** The page "Account settings": the traits form, the change of e-mail, the end of the account. */
export const settings = {
  title: 'Account settings',
  personal: {
    title: 'Personal details',
    help: 'How you are addressed. Programs that you use with this account may see it.',
  },
  /** Labels of the default schema's traits, by the last part of their pointer; other schemas bring their own titles. */
  trait: {
    email: 'Email',
    first: 'First name',
    last: 'Last name',
    'academic-degree': 'Academic degree',
  },
  traitHelp: {
    'academic-degree': 'For example Dr. or Prof.',
  },
  save: 'Save changes',
  saving: 'Saving…',
  saved: 'Your changes have been saved',
  unchanged: 'There is nothing to save yet.',
  unsaved: 'You have changes that are not saved.',
  yes: 'Yes',
  no: 'No',
  readOnly: 'Only an administrator can change this.',
  violation: {
    required: 'Enter {field}.',
    tooLong: 'Use at most {max, plural, one {# character} other {# characters}}.',
    tooShort: 'Use at least {min, plural, one {# character} other {# characters}}.',
    format: 'Check how {field} is written.',
    marks: 'Use fewer accents per character.',
    choice: 'Choose one of the listed values.',
    taken: '{field} is already in use by somebody else.',
    json: 'This cannot be read as JSON. Check quotes, commas and brackets.',
    other: 'Check {field}.',
  },
  email: {
    title: 'Email',
    help: 'Where sign-in codes and security notices go.',
    others:
      'You can also sign in with {identifiers}. If you do not recognize one of these, contact the people who run this service.',
    change: 'Change email',
    newEmail: 'New email',
    send: 'Send code',
    sent: 'We mailed a six-digit code to {email}. The change takes effect once you enter it.',
    code: 'Code',
    verify: 'Verify',
    resend: 'Resend',
    changed: 'Your email address is now {email}.',
    same: 'This is already your email address.',
    notice: 'A notice goes to {email}, so that nobody changes it behind your back.',
  },
  delete: {
    title: 'Delete account',
    help: 'Your profile, passkeys, sessions and stored details are deleted. This cannot be undone.',
    button: 'Delete account',
    dialogTitle: 'Delete account?',
    dialogBody:
      'This deletes {passkeys, plural, =0 {no passkey} one {one passkey} other {# passkeys}}, ends {sessions, plural, one {one session} other {# sessions}} and removes everything stored about you.',
    operator: 'You are an operator of this service. Hand that role on before you delete your account.',
  },
} as const;
