/** The console: people of a project: list, create, one person. */
export const consoleUsers = {
  title: 'Users',
} as const;
