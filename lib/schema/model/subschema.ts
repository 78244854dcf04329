import { isJsonObject, type Json, type JsonObject, toPointer } from '@/lib/platform/json';

/** A location of a schema in a document. */
export type Subschema = { pointer: string; schema: JsonObject };

/** Keywords whose members, items or value are schemas. */
export const SCHEMA_MAPS = [
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependencies',
];
export const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'];
export const SCHEMA_PLACES = [
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
