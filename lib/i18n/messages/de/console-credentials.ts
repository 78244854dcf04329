import type { TranslatedNamespace } from '../../catalogue';

export const consoleCredentials: TranslatedNamespace<'consoleCredentials'> = {
  title: 'API-Zugangsdaten',
};
