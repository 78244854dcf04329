import type { TranslatedNamespace } from '../../catalogue';

export const consoleUsers: TranslatedNamespace<'consoleUsers'> = {
  title: 'Benutzer',
};
