/** The console: the first page of a project. */
export const consoleOverview = {
  title: 'Overview',
  help: 'Endpoints and activity of this project.',
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
      '{holders, number} of {users, plural, one {# user} other {# users}} {holders, plural, one {has} other {have}} a passkey',
    sessions: 'Active sessions',
    sessionsHelp: 'Used in {days, plural, one {the last day} other {the last # days}}',
    about: 'About {count}',
    credentials: 'API credentials',
    credentialsHelp: 'Not revoked or expired',
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
