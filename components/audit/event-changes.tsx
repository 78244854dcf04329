import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isJsonObject, type Json } from '@/lib/platform/json';
import { fieldName } from './event-sentence';

/** The fields an event changed, with values before and after. Renders nothing if none changed. */
export function EventChanges({ event, locale }: { event: AuditEvent; locale: Locale }) {
  const t = translator(locale, 'consoleAudit.changes');
  const changes = event.details.changes as Json | undefined;
  if (!isJsonObject(changes) || Object.keys(changes).length === 0) return null;
  return (
    <DataTable
      label={t('title')}
      head={
        <>
          <Th>{t('field')}</Th>
          <Th>{t('before')}</Th>
          <Th>{t('after')}</Th>
        </>
      }
    >
      {Object.entries(changes).map(([pointer, change]) => (
        <Row key={pointer}>
          <RowHeader>{fieldName(pointer)}</RowHeader>
          <Td className="min-w-32">{valueText(isJsonObject(change) ? change.before : null, t('notSet'))}</Td>
          <Td className="min-w-32">{valueText(isJsonObject(change) ? change.after : null, t('notSet'))}</Td>
        </Row>
      ))}
    </DataTable>
  );
}

function valueText(value: Json | undefined, nothing: string) {
  if (value === null || value === undefined) return <span className="text-muted">{nothing}</span>;
  return typeof value === 'string' ? value : <code className="font-mono">{JSON.stringify(value)}</code>;
}
