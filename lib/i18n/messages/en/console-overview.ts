/** The console: the first page of a project. */
export const consoleOverview = {
  title: 'Overview',
} as const;
