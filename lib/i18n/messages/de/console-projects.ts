import type { TranslatedNamespace } from '../../catalogue';

export const consoleProjects: TranslatedNamespace<'consoleProjects'> = {
  title: 'Projekte',
};
