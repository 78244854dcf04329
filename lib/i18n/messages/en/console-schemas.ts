/** The console: identity schemas. */
export const consoleSchemas = {
  title: 'Schemas',
} as const;
