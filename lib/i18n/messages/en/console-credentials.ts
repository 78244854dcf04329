/** The console: API credentials: panel, detail, curl lines. */
export const consoleCredentials = {
  title: 'API credentials',
} as const;
