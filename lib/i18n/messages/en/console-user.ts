/** The console: what happened to one person, what programs read of them, what they see. */
export const consoleUser = {
  history: {
    help: 'What happened to this person, with what it was before and after.',
    openLog: 'Open in the audit log',
    /** Where something changes more fields than fit among other events. */
    allChanges: 'Show all {count, number} fields',
  },
  raw: {
    command: 'Read it with curl',
    copyCommand: 'Copy command',
    commandHelp: 'The shell holds an access token of an API credential as ACCESS_TOKEN.',
  },
  preview: {
    label: 'Preview',
    notice: 'Preview: this is what {name} sees. Nothing here can be pressed.',
    inactive: 'While the account is inactive, {name} cannot sign in, and sees none of this.',
    noSession: 'Here stands every browser that they are signed in with. There is none now.',
  },
} as const;
