import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import type { AuditEvent } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { isJsonObject, type Json } from '@/lib/platform/json';
import { changesOf, type FieldTitles, fieldName, fieldValue } from './event-fields';

/** The fields an event changed, with values before and after. Renders nothing if none changed. */
export function EventChanges({ event, titles, locale }: { event: AuditEvent; titles: FieldTitles; locale: Locale }) {
  const t = translator(locale, 'consoleAudit.changes');
  const changes = changesOf(event);
  if (changes.length === 0) return null;
  const value = (pointer: string, of: Json) => (
    <Value text={fieldValue(pointer, of, locale)} isJson={isJsonObject(of)} nothing={t('notSet')} />
  );
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
      {changes.map(([pointer, { before, after }]) => (
        <Row key={pointer}>
          <RowHeader>{fieldName(pointer, titles, locale)}</RowHeader>
          <Td className="min-w-32">{value(pointer, before)}</Td>
          <Td className="min-w-32">{value(pointer, after)}</Td>
        </Row>
      ))}
    </DataTable>
  );
}

function Value({ text, isJson, nothing }: { text: string | null; isJson: boolean; nothing: string }) {
  if (text === null) return <span className="text-muted">{nothing}</span>;
  return isJson ? <code className="font-mono">{text}</code> : text;
}
