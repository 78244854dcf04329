/** The console: organizations, projects, operators and their settings. */
export const consoleProjects = {
  title: 'Projects',
} as const;
