import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { type Identity, MAX_EXTERNAL_ID_LENGTH } from '@/lib/identity/model';
import { type FormField, toFormField } from '@/lib/identity/model/traits-form';
import type { FieldEdit } from '@/lib/platform/edit';
import { type AppError, isAppError, type Violation } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';
import { parseJson } from '@/lib/platform/strict-json';
import { fieldsOf, type SchemaField } from '@/lib/schema/model';

/** Operators' forms for an identity: every trait of its schema, and the other fields. */
type Typed = Pick<FormField, 'pointer' | 'type'> & { isList?: boolean };

const EXTERNAL_ID = { pointer: '/external_id', type: 'string' } as const;
const METADATA = [
  { pointer: '/metadata_public', type: 'json' },
  { pointer: '/metadata_admin', type: 'json' },
] as const;

/** The fields an action accepts, derived from the schema. */
export function editableFields(document: JsonObject): Typed[] {
  return [...fieldsOf(document), EXTERNAL_ID, ...METADATA];
}

/** The same fields as a form shows them. */
export function userFields(document: JsonObject, locale: Locale): FormField[] {
  const t = translator(locale, 'consoleUsers');
  return [
    ...traitFields(document, locale),
    externalIdField(locale),
    plainField(METADATA[0], t('traits.metadataPublic')),
    plainField(METADATA[1], t('traits.metadataAdmin')),
  ];
}

/** Operators may set read-only traits and identifiers. */
export function traitFields(document: JsonObject, locale: Locale): FormField[] {
  return fieldsOf(document).map((field) => ({
    ...toFormField(field, locale),
    ...{ autocomplete: null, isReadOnly: false, isOnce: false },
  }));
}

export function externalIdField(locale: Locale): FormField {
  return plainField(EXTERNAL_ID, translator(locale, 'consoleUsers.create')('externalId'));
}

function plainField(typed: Typed, label: string): FormField {
  const rest = {
    format: null,
    maxLength: null,
    isRequired: false,
    autocomplete: null,
    isReadOnly: false,
    isOnce: false,
    isList: false,
    options: null,
    help: null,
    groups: [],
  };
  return { ...typed, ...rest, label };
}

/** An identity in the shape that forms and JSON Patch use. */
export function toDocument(identity: Identity): JsonObject {
  const { traits, metadataPublic, metadataAdmin, externalId } = identity;
  return { traits, metadata_public: metadataPublic, metadata_admin: metadataAdmin, external_id: externalId };
}

/** Violations outside the schema: unparsable or unstorable JSON, and an external ID that is too long. */
export function fieldViolations(fields: Typed[], values: Record<string, string>): Violation[] {
  const unreadable = fields
    .filter(({ type, pointer }) => type === 'json' && values[pointer]?.trim() && !isStorable(values[pointer]))
    .map(({ pointer }) => ({ pointer, message: 'is not valid JSON', keyword: 'json' }));
  const { pointer } = EXTERNAL_ID;
  if ((values[pointer]?.trim().length ?? 0) <= MAX_EXTERNAL_ID_LENGTH) return unreadable;
  const params = { limit: MAX_EXTERNAL_ID_LENGTH };
  return [...unreadable, { pointer, message: 'is too long', keyword: 'maxLength', params }];
}

function isStorable(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

/** A refusal as field violations; null for any other. */
export function atFields(
  error: unknown,
  fields: readonly SchemaField[],
  edits: FieldEdit[],
): AppError['details'] | null {
  if (!isAppError(error)) return null;
  const taken = (pointer: string) => ({ violations: [{ pointer, message: 'is already in use', keyword: 'taken' }] });
  if (error.code === 'external_id_taken') return taken(EXTERNAL_ID.pointer);
  if (error.code === 'identifier_taken') {
    const changed = (pointer: string) => edits.some((edit) => edit.pointer === pointer && edit.mine !== edit.base);
    const identifiers = fields.filter(({ isIdentifier }) => isIdentifier).map(({ pointer }) => pointer);
    return taken(identifiers.find(changed) ?? identifiers[0] ?? '/traits');
  }
  return error.details.violations || error.details.conflicts ? error.details : null;
}
