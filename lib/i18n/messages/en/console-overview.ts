/** The console: the first page of a project. */
export const consoleOverview = {
  title: 'Overview',
  help: 'What programs need to know of this project, and how it is doing.',
  endpoints: {
    title: 'For programs',
    help: 'Every call stands in the <reference>API reference</reference>. A program needs one of the <access>API credentials</access>; each shows the curl commands to begin with. The <schemas>identity schemas</schemas> are public.',
    domain: 'Domain',
    copyDomain: 'Copy domain',
    tokenEndpoint: 'Token endpoint',
    copyTokenEndpoint: 'Copy token endpoint',
    audience: 'Audience',
    copyAudience: 'Copy audience',
  },
  numbers: {
    title: 'In numbers',
    users: 'Users',
    usersHelp: '{active, number} active, {inactive, number} inactive',
    adoption: 'Passkey adoption',
    adoptionHelp:
      '{holders, number} of {users, plural, one {# user} other {# users}} {holders, plural, one {has} other {have}} a passkey',
    sessions: 'Active sessions',
    sessionsHelp: 'Used within {days, plural, one {the last day} other {the last # days}}',
    about: 'About {count}',
    credentials: 'API credentials',
    credentialsHelp: 'Neither revoked nor expired',
  },
  signIns: {
    title: 'Sign-ins',
    help: 'By method, over the last {days, number} days. A day begins at midnight UTC.',
    label: 'Sign-ins by method over the last {days, number} days: {numbers}',
    empty: 'Nobody has signed in over the last {days, number} days.',
    showTable: 'Show as table',
    table: 'Sign-ins by day and method',
    day: 'Day',
    total: 'All',
    methods: { passkey: 'Passkey', code: 'Code', link: 'Link', other: 'Other' },
  },
  events: {
    title: 'Recent events',
    all: 'Audit log',
    empty: 'Nothing has happened here yet.',
  },
} as const;
