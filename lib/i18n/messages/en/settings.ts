/** The page "Account settings": the traits form, email change, account deletion. */
export const settings = {
  title: 'Account settings',
  personal: {
    title: 'Personal details',
    help: 'How you are addressed. Apps you use with this account may see this.',
  },
  /** Labels of the default schema's traits, by the last part of their pointer; other schemas bring their own titles. */
  trait: {
    email: 'Email',
    first: 'First name',
    last: 'Last name',
    'academic-degree': 'Academic degree',
  },
  saving: 'Saving…',
  yes: 'Yes',
  no: 'No',
  readOnly: 'Only an administrator can change this.',
  violation: {
    required: 'Enter {field}.',
    tooLong: 'Use at most {max, plural, one {# character} other {# characters}}.',
    tooShort: 'Use at least {min, plural, one {# character} other {# characters}}.',
    format: 'Check the format of {field}.',
    marks: 'Use fewer accents per character.',
    choice: 'Choose one of the listed values.',
    taken: '{field} is already used by another account.',
    json: 'This is not valid JSON. Check quotes, commas and brackets.',
    other: 'Check {field}.',
  },
  email: {
    title: 'Email',
    help: 'Sign-in codes and security notices go here.',
    others: 'You can also sign in with {identifiers}. If you do not recognize one of these, contact an administrator.',
    change: 'Change email',
    newEmail: 'New email',
    send: 'Send code',
    sent: 'We sent a six-digit code to {email}. The change takes effect once you enter it.',
    code: 'Code',
    verify: 'Verify',
    resend: 'Resend',
    changed: 'Your email address is now {email}.',
    same: 'This is already your email address.',
    notice: 'We also notify {email}, so you find out if someone else changes it.',
  },
  delete: {
    title: 'Delete account',
    help: 'Deletes your profile, passkeys, sessions and stored details. This cannot be undone.',
    button: 'Delete account',
    dialogTitle: 'Delete account?',
    dialogBody:
      '{passkeys, plural, =0 {This} one {This deletes one passkey,} other {This deletes # passkeys,}} ends {sessions, plural, one {one session} other {# sessions}} and removes everything stored about you. This cannot be undone.',
  },
} as const;
