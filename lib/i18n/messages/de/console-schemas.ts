import type { TranslatedNamespace } from '../../catalogue';

export const consoleSchemas: TranslatedNamespace<'consoleSchemas'> = {
  title: 'Schemas',
};
