import type { TranslatedNamespace } from '../../catalogue';

export const consoleOverview: TranslatedNamespace<'consoleOverview'> = {
  title: 'Übersicht',
};
