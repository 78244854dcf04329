import type { Locale } from '@/lib/i18n/model';
import type { Json } from '@/lib/platform/json';
import { fieldsOf, fieldTitle, inLanguage, type SchemaField } from '@/lib/schema/model';
import { listSchemas } from '@/lib/schema/service';

/** A trait that an action may set, as the newest version of a schema describes it. */
export type FieldChoice = {
  pointer: string;
  title: string;
  /** `json`: a list. */
  type: 'text' | 'number' | 'boolean' | 'json';
  options: Array<{ value: Json; text: string }>;
};
export type BulkChoices = { fields: FieldChoice[]; schemas: string[] };

/** Without identifiers, which are changed one person at a time. Of two fields with one pointer, the older schema's counts. */
export async function bulkChoices(projectId: string, locale: Locale): Promise<BulkChoices> {
  const schemas = await listSchemas(projectId);
  const fields = new Map<string, FieldChoice>();
  for (const field of schemas.flatMap(({ document }) => fieldsOf(document)))
    if (!field.isIdentifier && !fields.has(field.pointer)) fields.set(field.pointer, toChoice(field, locale));
  return { fields: [...fields.values()], schemas: schemas.map(({ schemaId }) => schemaId) };
}

function toChoice(field: SchemaField, locale: Locale): FieldChoice {
  const { pointer, type, isList, options } = field;
  const named = (options ?? []).map(({ value, label }) => ({
    value,
    text: label ? inLanguage(label, locale) : String(value),
  }));
  const kind = type === 'integer' ? 'number' : type === 'string' ? 'text' : type;
  return { pointer, title: fieldTitle(field, locale), type: isList ? 'json' : kind, options: isList ? [] : named };
}
