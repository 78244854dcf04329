import { isJsonObject, type Json, type JsonObject } from '@/lib/platform/json';
import type { IdentitySchema } from '@/lib/schema/model';
import { compileTypes } from './json-schema';

/** The TypeScript of a schema's traits. */
export type TraitsType = { schemaId: string; name: string; text: string };

/** The types of the traits of each schema, each in a namespace of its own: two schemas may define the same names. */
export async function traitsTypes(schemas: readonly IdentitySchema[]): Promise<TraitsType[]> {
  const taken = new Set<string>();
  const types: TraitsType[] = [];
  for (const { schemaId, version, document } of schemas) {
    const name = typeName(schemaId, taken);
    const definitions = await compileTypes(toStructure(document), 'Document');
    const hasTraits = isJsonObject(document.properties) && isJsonObject(document.properties.traits);
    const traits = hasTraits ? `NonNullable<${name}Schema.Document['traits']>` : 'Record<string, unknown>';
    const text = [
      `/** Schema ${JSON.stringify(schemaId)}, version ${version}. */`,
      `export namespace ${name}Schema {`,
      definitions,
      '}',
      `export type ${name}Traits = ${traits};`,
    ].join('\n');
    types.push({ schemaId, name, text });
  }
  return types;
}

/** `employee-of-2026` → `EmployeeOf2026`; a second such name gets a number. */
function typeName(schemaId: string, taken: Set<string>): string {
  const words = schemaId.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const joined = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  const base = /^[A-Za-z]/.test(joined) ? joined : `Schema${joined}`;
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  taken.add(name);
  return name;
}

const MAPS = ['properties', '$defs', 'definitions'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const SCHEMAS = ['items', 'additionalProperties'];
const VALUES = ['type', 'required', 'enum', 'const', '$ref', 'deprecated'];

/**
 * The keywords that determine a type. All others are left out: annotations such as `tsType` would put text of the
 * schema's author into the program. An object without `additionalProperties` is closed, so that a misspelled trait does
 * not compile.
 */
function toStructure(schema: Json | undefined): Json {
  if (!isJsonObject(schema)) return schema === false ? { not: {} } : {};
  const kept: JsonObject = {};
  for (const key of VALUES) if (schema[key] !== undefined) kept[key] = schema[key];
  for (const key of MAPS) {
    const of = schema[key];
    if (isJsonObject(of))
      kept[key] = Object.fromEntries(Object.entries(of).map(([name, child]) => [name, toStructure(child)]));
  }
  for (const key of LISTS) {
    const of = schema[key];
    if (Array.isArray(of)) kept[key] = of.map(toStructure);
  }
  for (const key of SCHEMAS) {
    const of = schema[key];
    if (typeof of === 'boolean' && key === 'additionalProperties') kept[key] = of;
    else if (of !== undefined && !Array.isArray(of)) kept[key] = toStructure(of);
  }
  if (kept.type === 'object' && !kept.properties && kept.additionalProperties === undefined)
    kept.additionalProperties = true;
  const description = [schema.title, schema.description].filter((text) => typeof text === 'string').join(': ');
  if (description !== '') kept.description = description.replaceAll('*/', '* /');
  return kept;
}
