import { fromBase64url, toBase64url } from '@/lib/platform/base64url';
import { getAt, isJsonObject, type Json, type JsonObject, toPointer } from '@/lib/platform/json';
import { isStorableText } from '@/lib/platform/text';

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

/** A version without its document. */
export type SchemaVersion = Pick<IdentitySchema, 'schemaId' | 'version' | 'createdAt'>;

export type SelfService = 'write' | 'read' | 'hidden';

/** A leaf of the traits, for forms. */
export type SchemaField = {
  /** Keys below `traits`, such as `['name', 'academic-degree']`. */
  path: string[];
  /** JSON Pointer in the identity, such as `/traits/name/academic-degree`. */
  pointer: string;
  title: string;
  /** Titles in other languages, from `x-signet.titles`. */
  titles: Record<string, string>;
  type: 'string' | 'number' | 'integer' | 'boolean';
  format: string | null;
  isRequired: boolean;
  isIdentifier: boolean;
  maxLength: number | null;
  /** The allowed values, if the schema lists them. */
  options: Json[] | null;
  autocomplete: string | null;
  /** By default, the person may see it but not edit it. */
  selfService: SelfService;
};

const LEAF_TYPES = ['string', 'number', 'integer', 'boolean'] as const;

/** By document, which is immutable. */
const known = new WeakMap<JsonObject, readonly SchemaField[]>();

/** The leaves of a schema in document order. */
export function fieldsOf(document: JsonObject): readonly SchemaField[] {
  const fields = known.get(document) ?? readFields(document);
  known.set(document, fields);
  return fields;
}

function readFields(document: JsonObject): SchemaField[] {
  const traits = getAt(document, ['properties', 'traits']);
  return isJsonObject(traits) ? walk(traits, []) : [];
}

function walk(node: JsonObject, path: string[]): SchemaField[] {
  const properties = isJsonObject(node.properties) ? node.properties : {};
  const required = Array.isArray(node.required) ? node.required : [];
  return Object.entries(properties).flatMap(([key, child]) => {
    if (!isJsonObject(child)) return [];
    const at = [...path, key];
    if (isJsonObject(child.properties)) return walk(child, at);
    const type = LEAF_TYPES.find((candidate) => candidate === child.type);
    return type ? [toField(child, at, type, required.includes(key))] : [];
  });
}

function toField(node: JsonObject, path: string[], type: SchemaField['type'], isRequired: boolean): SchemaField {
  const note = isJsonObject(node['x-signet']) ? node['x-signet'] : {};
  const titles = isJsonObject(note.titles) ? note.titles : {};
  return {
    path,
    pointer: toPointer(['traits', ...path]),
    title: typeof node.title === 'string' ? node.title : (path.at(-1) ?? ''),
    titles: Object.fromEntries(
      Object.entries(titles).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    type,
    format: typeof node.format === 'string' ? node.format : null,
    isRequired,
    isIdentifier: note.identifier === true || isKratosIdentifier(node),
    maxLength: typeof node.maxLength === 'number' ? node.maxLength : null,
    options: Array.isArray(node.enum) ? node.enum : null,
    autocomplete: typeof note.autocomplete === 'string' ? note.autocomplete : null,
    selfService: note.selfService === 'write' || note.selfService === 'hidden' ? note.selfService : 'read',
  };
}

/** `"ory.sh/kratos": { "credentials": { "<method>": { "identifier": true } } }` */
function isKratosIdentifier(node: JsonObject): boolean {
  const credentials = getAt(node, ['ory.sh/kratos', 'credentials']);
  return (
    isJsonObject(credentials) && Object.values(credentials).some((method) => getAt(method, ['identifier']) === true)
  );
}

/** Whether a person may edit it in the settings form. Identifiers change only by their own, verified flow. */
export function isSelfEditable({ selfService, isIdentifier }: SchemaField): boolean {
  return selfService === 'write' && !isIdentifier;
}

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

/** A location of a schema in a document. */
export type Subschema = { pointer: string; schema: JsonObject };

const SCHEMA_MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies'];
const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'];
const SCHEMA_PLACES = [
  ...['items', 'additionalItems', 'unevaluatedItems', 'contains', 'additionalProperties', 'unevaluatedProperties'],
  ...['propertyNames', 'not', 'if', 'then', 'else', 'contentSchema'],
];

/** The document and all its subschemas. */
export function subschemasOf(schema: JsonObject, pointer = ''): Subschema[] {
  const found: Array<[string, Json | undefined]> = SCHEMA_PLACES.map((key) => [toPointer([key]), schema[key]]);
  for (const key of [...SCHEMA_MAPS, ...SCHEMA_LISTS]) {
    const value = schema[key];
    if (isJsonObject(value) && SCHEMA_MAPS.includes(key))
      for (const [name, child] of Object.entries(value)) found.push([toPointer([key, name]), child]);
    if (Array.isArray(value) && SCHEMA_LISTS.includes(key))
      for (const [at, child] of value.entries()) found.push([toPointer([key, at]), child]);
  }
  const inner = found.flatMap(([place, child]) =>
    isJsonObject(child) ? subschemasOf(child, `${pointer}${place}`) : [],
  );
  return [{ pointer, schema }, ...inner];
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
