import { fromBase64url, toBase64url } from '@/lib/platform/base64url';
import { getAt, type JsonObject } from '@/lib/platform/json';
import { isStorableText } from '@/lib/platform/text';
import { fieldsOf, type SchemaField } from './model/field';

export { fieldsOf, inLanguage, isSelfEditable, type SchemaField, type SchemaText } from './model/field';
export { type Subschema, subschemasOf } from './model/subschema';

/** One version of an identity schema. `document` is the JSON Schema of `{ traits }`, in Kratos' format. */
export type IdentitySchema = {
  id: string;
  projectId: string;
  schemaId: string;
  version: number;
  document: JsonObject;
  createdAt: Date;
};

/** A `schemaId` with its newest version. */
export type SchemaName = { id: string; version: number };

/** A version without its document. A withdrawn one is no longer given to identities; those that have it keep it. */
export type SchemaVersion = Pick<IdentitySchema, 'schemaId' | 'version' | 'createdAt'> & { withdrawnAt: Date | null };

/** The field of the registration address, or null. */
export function addressFieldOf(fields: readonly SchemaField[]): SchemaField | null {
  return (
    fields.find(({ isIdentifier, type, format }) => isIdentifier && type === 'string' && isEmailFormat(format)) ?? null
  );
}

function isEmailFormat(format: string | null): boolean {
  return format === 'email' || format === 'idn-email';
}

/** The identifying fields: those marked as identifiers, or only the one at `pointer`. */
export function identifierFieldsOf(document: JsonObject, pointer: string | null): SchemaField[] {
  return fieldsOf(document).filter((field) => field.isIdentifier && (pointer === null || field.pointer === pointer));
}

/** The identifiers in traits, as typed. `pointer` as for `identifierFieldsOf`. */
export function identifierValues(document: JsonObject, traits: JsonObject, pointer: string | null): string[] {
  return identifierFieldsOf(document, pointer)
    .map((field) => getAt(traits, field.path))
    .filter((value): value is string => typeof value === 'string' && value !== '');
}

/** The title in a language, else the schema's own. */
export function fieldTitle(field: Pick<SchemaField, 'title' | 'titles'>, locale: string): string {
  return field.titles[locale] ?? field.title;
}

/** Valid schema IDs: they appear in URLs unencoded. */
export const SCHEMA_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** An identity's `schema_url` ends in the base64url of the schema ID, as in Kratos. */
export function toSchemaUrl(origin: string, schemaId: string): string {
  return `${origin}/schemas/${toBase64url(schemaId)}`;
}

/** The schema ID at the end of a `schema_url`, or null. */
export function fromSchemaUrl(end: string): string | null {
  const schemaId = fromBase64url(end);
  return schemaId !== null && schemaId !== '' && isStorableText(schemaId) ? schemaId : null;
}
