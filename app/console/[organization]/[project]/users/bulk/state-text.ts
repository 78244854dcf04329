import type { BulkAction } from '@/lib/bulk/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

export function stateText({ finishedAt, endedBy }: BulkAction, locale: Locale): string {
  const t = translator(locale, 'consoleUsers.bulk.states');
  if (endedBy !== null) return t(endedBy);
  return t(finishedAt === null ? 'running' : 'finished');
}
