/** The console: the first page of a project. */
export const consoleOverview = {
  title: 'Overview',
  help: 'People, sign-ins and activity of this project.',
  firstSteps: {
    title: 'Next steps',
    help: 'Each one is ticked off when it is done.',
    hide: 'Hide',
    done: 'Done',
    mail: {
      title: 'Connect a mail server',
      help: 'Until SMTP_URL is set, sign-in codes and invitations are written to files on the server instead of being sent.',
      doneHelp: 'Sign-in codes and invitations are sent through it.',
      action: 'Mail settings',
    },
    user: {
      title: 'Add the first user',
      help: 'Create an account or send an invitation.',
      doneHelp: 'This project has users.',
      action: 'New user',
    },
    credential: {
      title: 'Create an API credential',
      help: 'Your application uses it to manage users.',
      doneHelp: 'Your application can manage users.',
      action: 'API credentials',
    },
  },
  endpoints: {
    title: 'API access',
    help: 'Every call is documented in the <reference>API reference</reference>. To call the API, a client needs an <access>API credential</access>; its page has ready-to-run curl commands. The <schemas>identity schemas</schemas> are public.',
    domain: 'Domain',
    copyDomain: 'Copy domain',
    tokenEndpoint: 'Token endpoint',
    copyTokenEndpoint: 'Copy token endpoint',
    audience: 'Audience',
    copyAudience: 'Copy audience',
  },
  numbers: {
    title: 'At a glance',
    users: 'Users',
    usersHelp: '{active, number} active, {inactive, number} inactive',
    adoption: 'Passkey adoption',
    adoptionHelp:
      '{holders, number} of {users, plural, one {# active user} other {# active users}} {holders, plural, one {has} other {have}} a passkey',
    adoptionUncounted: 'Being counted',
    sessions: 'Active sessions',
    sessionsHelp: 'Used in {days, plural, one {the last day} other {the last # days}}',
    about: 'About {count}',
    credentials: 'API credentials',
    credentialsHelp: 'Not revoked or expired',
  },
  passkeys: {
    title: 'Passkeys',
    help: 'What active users sign in with, and who depends on a single device.',
    uncounted: 'Being counted. The numbers appear here within a few minutes.',
    empty: 'No active users yet.',
    headline: {
      lockedOut:
        '{count, plural, one {One person is} other {# people are}} one lost device from a lock-out: one passkey, on one device only, and no email address for a sign-in code.',
      byMail:
        '{count, plural, one {One person has} other {# people have}} one passkey, on one device only. Without that device, only an email code signs them in.',
      operators:
        '{count, plural, one {One of them is an operator, who} other {# of them are operators, who}} could then no longer confirm changes in the console.',
      onlyWithout: 'No one depends on a single device. Some people have no passkey and sign in with an email code.',
      fine: 'Everyone has a synced passkey or more than one.',
    },
    groups: {
      without: 'No passkey: they sign in with an email code',
      oneDevice: 'One passkey, on one device only',
      oneSynced: 'One passkey, synced across devices',
      several: 'Two or more passkeys',
      show: { none: 'Show users without a passkey', one_device: 'Show users with one device' },
      invite: {
        none: 'Invite to add a passkey: users without a passkey',
        one_device: 'Invite to add a passkey: users with one device',
      },
    },
    synced: '{share} of those with a passkey have a synced one.',
    counted: 'Counted <date></date>.',
  },
  signIns: {
    title: 'Sign-ins',
    help: 'By method, in the last {days, number} days. Days are in UTC.',
    label: 'Sign-ins by method in the last {days, number} days: {numbers}',
    empty: 'No sign-ins in the last {days, number} days.',
    showTable: 'Show as table',
    table: 'Sign-ins by day and method',
    day: 'Day',
    total: 'Total',
    methods: { passkey: 'Passkey', code: 'Code', link: 'Link', other: 'Other' },
  },
  events: {
    title: 'Recent events',
    all: 'Audit log',
    empty: 'No events yet.',
  },
} as const;
