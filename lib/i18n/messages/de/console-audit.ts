import type { TranslatedNamespace } from '../../catalogue';

export const consoleAudit: TranslatedNamespace<'consoleAudit'> = {
  title: 'Audit-Log',
};
