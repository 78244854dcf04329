/** The console: the audit log. */
export const consoleAudit = {
  title: 'Audit log',
} as const;
